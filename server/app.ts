/** The one place where the parts are joined. */
import type { Server as HttpServer } from 'node:http';
import type { Meeting, MeetingDetails } from '#domain/meeting.ts';
import type { AccountId, Instant } from '#domain/types.ts';
import { makeMinutesText } from '#formats/minutesdraft.ts';
import type { Ack } from '#protocol/ack.ts';
import type { DocumentName, DocumentRef } from '#protocol/documents.ts';
import { audienceOf } from '#protocol/view.ts';
import { createAuth, type AuthRoom } from './auth.ts';
import { createControls, type Controls } from './control.ts';
import { openDatabase } from './db/database.ts';
import { findMeetingOfItem } from './db/meeting.ts';
import { findSetting } from './db/setting.ts';
import { answers } from './db/survey.ts';
import { createDeadlines, type Deadlines } from './deadlines.ts';
import { demonstrate, type Demonstration } from './demonstration.ts';
import { createDocuments } from './documents.ts';
import { createEntrance } from './entrance.ts';
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
import { rightTo } from './right.ts';
import type { App } from './seams.ts';
import { carry } from './sync/carrier.ts';
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

  const sync = createSync({
    database: watch.timed(database, 'documents'),
    clock,
    accessOf(accountId, ref) {
      const meeting = meetingOf(ref);
      const right = rightTo(meeting, accountId, ref, clock());
      // A crash between a command and its publishing leaves the view behind: nobody is let in to it.
      if (meeting && ref.kind === 'meeting' && right.access !== 'none') publish(meeting, meeting);
      return right;
    },
    sessionAlive: (sessionId) => auth.alive(sessionId),
    seed: (ref, doc) => documents.seed(ref, doc),
    log: watch.syncLog,
    observe: watch.observe,
  });

  const differs = (document: DocumentName, code: string): void =>
    watch.syncLog('document-differs', { document, code });
  const documents = createDocuments({ sync: () => sync, meetingOf, differs });
  const { opinions, minutes } = documents;

  const tell = createPublish(sync, (meeting, error) =>
    log.error('publish-failed', error, { meeting }),
  );
  const publish: typeof tell = (before, after) => {
    tell(before, after);
    followAll({ sync, database }, before, after);
    if (before?.phase === 'open' && after.phase === 'closed') documents.draftMinutes(after);
  };
  const commands = watch.timed(database, 'commands');
  const execute = createExecute({
    database: commands,
    clock,
    newId,
    opinions,
    minutes: (meeting) => makeMinutesText(minutes(meeting)),
    differ: documents.differ,
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

  const entrance = createEntrance({ auth, cookie: sessionCookie, origin, log });
  const run = (envelope: unknown, who: { readonly accountId: AccountId }): Ack =>
    watch.command(envelope, () => execute.run(envelope, who));

  const realtime = createRealtime({
    clock,
    log,
    originAllowed: entrance.isOwn,
    identify: entrance.identify,
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
      entrance.guard(server, sync, others);
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
