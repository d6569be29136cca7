/** A sample meeting made to measure before its server starts: another legal mode, a preview, a plan. */
import type { Command } from '../../src/domain/command.ts';
import { detailsOf } from '../../src/domain/details.ts';
import type { Meeting, MeetingDetails } from '../../src/domain/meeting.ts';
import type { CommandId } from '../../src/domain/types.ts';
import { startApp } from '../../server/serve.ts';
import { readSettings } from '../../server/settings.ts';
import {
  dropFolder,
  linkAmong,
  newFolder,
  startServer,
  type Person,
  type Running,
} from './server.ts';

export type Prepared = Running & {
  readonly meeting: string;
  /** The sign-in link of the nth person of a role. */
  link(role: string, nth?: number): string;
  /** Ends the server and leaves nothing behind. */
  end(): Promise<void>;
};

/** As one of the people of the sample meeting. */
export type Act = (role: string, nth: number, command: Command) => Promise<void>;

export async function startPrepared(
  change: Partial<MeetingDetails>,
  more?: (meeting: Meeting, act: Act) => Promise<void>,
): Promise<Prepared> {
  const folder = newFolder();
  const app = startApp(readSettings({}, { dataDir: folder }));
  const { meetingId, people } = app.demonstrate();
  const nth = (role: string, index: number) => people.filter((each) => each.role === role)[index];
  let sent = 0;
  const signedIn = async (role: string, index: number) => {
    const entered = await app.auth.enter(nth(role, index)?.token ?? '');
    const who = entered.ok ? await app.auth.validate(entered.session.token) : null;
    if (!who) throw new Error(`nobody is ${role} ${index}`);
    return who;
  };
  const act: Act = async (role, index, command) => {
    const id = `prepared-${(sent += 1)}` as CommandId;
    const ack = app.execute({ meetingId, id, command }, await signedIn(role, index));
    if (!ack.ok) throw new Error(`${command.type}: ${ack.refused}`);
  };
  const meeting = async () => {
    const { accountId } = await signedIn('secretariat', 0);
    const seated = app.meetings.find(accountId, meetingId);
    if (!seated) throw new Error('the sample meeting is not there');
    return seated.meeting;
  };
  await act('secretariat', 0, {
    type: 'changeDetails',
    details: { ...detailsOf(await meeting()), ...change },
  });
  await more?.(await meeting(), act);
  await app.close();

  const server = await startServer(folder);
  const links: readonly Person[] = people.map(({ role, name, token }) => ({
    role,
    name,
    link: `${server.url}/enter#${token}`,
  }));
  return {
    ...server,
    meeting: meetingId,
    link: (role, index) => linkAmong(links, role, index),
    async end() {
      await server.stop();
      dropFolder(folder);
    },
  };
}
