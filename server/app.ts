/** The one place where the parts are joined. */
import type { IncomingMessage, Server as HttpServer } from 'node:http';
import type { FrozenOpinions, Meeting, MeetingDetails } from '#domain/meeting.ts';
import {
  effectiveRole,
  formAccess,
  isLate,
  isRecused,
  minutesAccess,
  opinionsAccess,
} from '#domain/permission.ts';
import type { AccountId, Instant, ItemId } from '#domain/types.ts';
import { fieldsOf } from '#formats/reportfields.ts';
import { draftMinutes, makeMinutesText, sectionsOf } from '#formats/minutesdraft.ts';
import type { Ack } from '#protocol/ack.ts';
import {
  minutesDocument,
  opinionsDocument,
  type DocumentName,
  type DocumentRef,
} from '#protocol/documents.ts';
import { audienceOf } from '#protocol/view.ts';
import { createAuth, type AuthRoom } from './auth.ts';
import { createControls, type Controls } from './control.ts';
import { openDatabase } from './db/database.ts';
import { findMeetingOfItem } from './db/meeting.ts';
import { findSetting } from './db/setting.ts';
import { answers } from './db/survey.ts';
import { createDeadlines, type Deadlines } from './deadlines.ts';
import { demonstrate, type Demonstration } from './demonstration.ts';
import { createExecute } from './execute.ts';
import { createForms, followAll } from './forms.ts';
import { createHistory } from './history.ts';
import type { Log } from './log.ts';
import { createMappings } from './mapping.ts';
import { createMeetings } from './meetings.ts';
import { createOffice } from './office.ts';
import { createPublications } from './publications.ts';
import { createPublish } from './publish.ts';
import { createRealtime } from './realtime.ts';
import { createRehearsals } from './rehearsal.ts';
import { createRetention, usualKeeping, type Keeping, type Retention } from './retention.ts';
import type { App, SignedIn } from './seams.ts';
import { carry } from './sync/carrier.ts';
import { seedForm } from './sync/form.ts';
import { codeOf, isOutage } from './sync/house.ts';
import { readMinutes, seedMinutes } from './sync/minutes.ts';
import { readOpinions, seedOpinions } from './sync/opinions.ts';
import type { Right } from './sync/seams.ts';
import { createSync } from './sync/sync.ts';
import { createTemplates } from './template.ts';
import { createVigil } from './vigil.ts';
import { createWatch } from './watch.ts';

/** The app as the process that runs it sees it. */
export type RunningApp = App & {
  readonly auth: AuthRoom;
  readonly log: Log;
  readonly sqliteVersion: string;
  /** For commands typed on the machine it runs on. */
  readonly controls: Controls;
  readonly retention: Retention;
  readonly deadlines: Deadlines;
  /** Puts Socket.IO and the Yjs door on a server; `others` says what becomes of other upgrades. */
  attach(server: HttpServer, options: { readonly others: 'refuse' | 'leave' }): void;
  /** Founds a sample meeting with people who enter by link; for `npm run demo` alone. */
  demonstrate(changes?: Partial<MeetingDetails>): Demonstration;
  /** Stores what waits, tells browsers to come back, closes the database. */
  close(): Promise<void>;
};

export type AppOptions = {
  /** Path of the database. */
  readonly file: string;
  readonly clock: () => Instant;
  readonly newId: () => string;
  readonly log: Log;
  /** The public address when a proxy stands in front; null takes the Host header's word. */
  readonly origin: string | null;
  /** Lets a collector of metrics in without an account. */
  readonly metricsToken?: string | null;
  readonly keeping?: Keeping;
};

export function createApp(options: AppOptions): RunningApp {
  const { file, clock, newId, log, origin, keeping = usualKeeping } = options;
  const database = openDatabase(file);
  const watch = createWatch({ log, file, token: options.metricsToken ?? null });
  const municipality = () => findSetting(database.read, 'municipality') ?? '';
  const secureCookies = origin?.startsWith('https:') ?? false;
  // `__Host-` binds the cookie to this host, and browsers accept that prefix on https only.
  const sessionCookie = secureCookies ? '__Host-kensho-session' : 'kensho-session';

  const meetingOf = (ref: DocumentRef): Meeting | undefined => {
    const id = 'itemId' in ref ? findMeetingOfItem(database.read, ref.itemId) : ref.meetingId;
    return id && execute.load(id);
  };

  const rightTo = (accountId: AccountId, ref: DocumentRef): Right => {
    const meeting = meetingOf(ref);
    const me = meeting?.participants.find((person) => person.accountId === accountId);
    if (!meeting || !me) return { access: 'none', user: { id: '', name: '', role: 'observer' } };
    const user = { id: me.id, name: me.name, role: me.role };
    if (ref.kind === 'meeting') {
      // A crash between a command and its publishing leaves the view behind: nobody is let in to it.
      publish(meeting, meeting);
      return { access: audienceOf(meeting, me) === ref.audience ? 'read' : 'none', user };
    }
    if (ref.kind === 'minutes') {
      const role = effectiveRole(me, meeting);
      return { access: minutesAccess(role, meeting.phase, meeting.minutes.status), user };
    }
    const item = meeting.items.find(({ id }) => id === ref.itemId);
    if (ref.kind === 'sheet') {
      const { sections = [] } = item?.sheet ?? {};
      const access = item ? formAccess(me, meeting.phase, { ...item, sections }) : 'none';
      return { access, user };
    }
    const access = item
      ? opinionsAccess(
          me.role,
          meeting.phase,
          item.state,
          isRecused(item, me.id),
          isLate(meeting, clock()),
        )
      : 'none';
    return { access, user };
  };

  const sync = createSync({
    database: watch.timed(database, 'documents'),
    clock,
    accessOf: rightTo,
    sessionAlive: (sessionId) => auth.alive(sessionId),
    seed(ref, doc) {
      if (ref.kind === 'meeting') return execute.load(ref.meetingId) !== undefined;
      if (ref.kind === 'minutes') {
        const minuted = execute.load(ref.meetingId);
        if (minuted) seedMinutes(doc, draftMinutes(minuted, standing));
        return minuted !== undefined;
      }
      const meeting = meetingOf(ref);
      const item = meeting?.items.find(({ id }) => id === ref.itemId);
      if (!meeting || !item) return false;
      if (ref.kind === 'sheet') {
        seedForm(doc, fieldsOf(item.sheet, meeting.evaluatedYear));
        return true;
      }
      seedOpinions(
        doc,
        meeting.headings.map(({ id }) => id),
      );
      return true;
    },
    log: watch.syncLog,
    observe: watch.observe,
  });

  const opinions = (meeting: Meeting, itemId: ItemId): readonly FrozenOpinions[] =>
    sync.read(opinionsDocument(itemId), (doc) =>
      readOpinions(
        doc,
        meeting.headings.map(({ id }) => id),
      ).map(({ headingId, bullets }) => ({
        headingId,
        heading: meeting.headings.find(({ id }) => id === headingId)?.text ?? '',
        bullets,
      })),
    );

  const minutes = (meeting: Meeting) =>
    sync.read(minutesDocument(meeting.id), (doc) => readMinutes(doc, sectionsOf(meeting)));

  /** While a draft is made: the opinions of items nobody has decided, which it cannot ask for itself. */
  let standing: Parameters<typeof draftMinutes>[1];
  /** [R14] The minutes are drafted when the meeting is closed. */
  const draft = (meeting: Meeting): void => {
    const open = meeting.items.filter(({ decision }) => decision === null);
    const found = new Map(open.map(({ id }) => [id, opinions(meeting, id)]));
    standing = (itemId) => found.get(itemId) ?? [];
    try {
      minutes(meeting);
    } finally {
      standing = undefined;
    }
  };

  const differs = (document: DocumentName, code: string): void =>
    watch.syncLog('document-differs', { document, code });
  const differ = (itemId: ItemId): boolean => {
    const document = opinionsDocument(itemId);
    let code: string | undefined;
    try {
      code = sync.check(document);
    } catch (error) {
      if (isOutage(error)) throw error;
      // What cannot be opened does not agree with anything.
      code = codeOf(error);
    }
    if (code !== undefined) differs(document, code);
    return code !== undefined;
  };

  const tell = createPublish(sync, (meeting, error) =>
    log.error('publish-failed', error, { meeting }),
  );
  const publish: typeof tell = (before, after) => {
    tell(before, after);
    followAll({ sync, database }, before, after);
    if (before?.phase === 'open' && after.phase === 'closed') draft(after);
  };
  const commands = watch.timed(database, 'commands');
  const execute = createExecute({
    database: commands,
    clock,
    newId,
    opinions,
    minutes: (meeting) => makeMinutesText(minutes(meeting)),
    differ,
    publish,
    log,
  });
  const auth = createAuth({
    database,
    clock,
    newId,
    execute,
    revoked: (sessionId) => vigil.revoke(sessionId),
    dropped: (accountId) => vigil.dropAccount(accountId),
  });
  const meetings = createMeetings({ database, clock, newId, execute, auth, opinions, minutes });
  const office = createOffice();
  const rehearsals = createRehearsals({ database, clock, newId, execute, sync });
  const forms = createForms({ sync, database, newId, execute });

  const identify = (request: IncomingMessage): SignedIn | null => {
    const token = sessionToken(request.headers.cookie, sessionCookie);
    try {
      return token === undefined ? null : auth.find(token);
    } catch (error) {
      // Nothing catches behind a socket: a disk that fails now would end the process.
      log.error('identify-failed', error);
      return null;
    }
  };
  const originAllowed = (request: IncomingMessage): boolean =>
    request.headers.origin === (origin ?? `http://${request.headers.host ?? ''}`);
  /** Browsers send no Origin with a GET to their own house; long polling begins with one. */
  const ownGet = ({ method, headers }: IncomingMessage): boolean =>
    method === 'GET' &&
    headers.origin === undefined &&
    headers.upgrade === undefined &&
    (headers['sec-fetch-site'] ?? 'same-origin') === 'same-origin';

  const run = (envelope: unknown, who: { readonly accountId: AccountId }): Ack =>
    watch.command(envelope, () => execute.run(envelope, who));

  const realtime = createRealtime({
    clock,
    log,
    originAllowed: (request) => originAllowed(request) || ownGet(request),
    identify,
    alive: (sessionId) => auth.alive(sessionId),
    refused: (code, { accountId }) =>
      watch.syncLog('command-refused', { account: accountId, code }),
    carry: (carrier, who) => carry(sync, carrier, who),
    execute: run,
    own(accountId, meetingId) {
      const seated = meetings.find(accountId, meetingId);
      return seated
        ? {
            ballots: meetings.ownBallots(seated),
            ratings: meetings.ownRatings(seated),
            audience: audienceOf(seated.meeting, seated.me),
          }
        : null;
    },
  });

  const vigil = createVigil({
    kinds: [realtime, sync],
    living: () => auth.living(),
    touch: (sessionId) => auth.touch(sessionId),
    log,
  });
  const retention = createRetention({ database, clock, log, sync, differs, keeping });
  const deadlines = createDeadlines({ database, collect: (id) => execute.collect(id), log });
  watch.read({ sockets: () => realtime.count(), database });
  let isClosing = false;

  return {
    municipality,
    auth,
    meetings,
    forms,
    rehearsals,
    publications: createPublications({ database, execute }),
    office,
    templates: createTemplates({ database, clock }),
    mappings: createMappings({ database, clock }),
    history: createHistory({ database, office, differs }),
    keeping,
    clock,
    health() {
      if (isClosing) return 'stopping';
      try {
        return answers(database.read) ? 'ok' : 'failing';
      } catch {
        return 'failing';
      }
    },
    metrics: (who, authorization) => watch.text(who, authorization),
    report: (error) => log.error('page-failed', error),
    log,
    sqliteVersion: String(database.pragmas()['version']),
    controls: createControls(database, sync),
    retention,
    deadlines,
    sessionCookie,
    secureCookies,
    execute: run,
    attach(server, { others }) {
      realtime.attach(server);
      vigil.start();
      server.on('upgrade', (request, socket, head) => {
        // Without a listener one reset connection would end the process.
        socket.on('error', () => socket.destroy());
        const path = request.url ?? '';
        if (path.startsWith('/socket.io/')) return;
        if (!path.startsWith('/yjs/')) {
          if (others === 'refuse') refuseUpgrade(socket, '404 Not Found');
          return;
        }
        const who = originAllowed(request) ? identify(request) : null;
        if (!who) refuseUpgrade(socket, '401 Unauthorized');
        else sync.upgrade(request, socket, head, who);
      });
    },
    demonstrate: (changes) => demonstrate({ database, clock, newId, execute, auth }, changes),
    async close() {
      isClosing = true;
      vigil.stop();
      deadlines.stop();
      retention.stop();
      await realtime.close();
      sync.close();
      await office.close();
      database.close();
      watch.close();
    },
  };
}

function sessionToken(header: string | undefined, name: string): string | undefined {
  const prefix = `${name}=`;
  const found = header?.split('; ').find((pair) => pair.startsWith(prefix));
  return found?.slice(prefix.length);
}

function refuseUpgrade(socket: { end(text: string): unknown }, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
