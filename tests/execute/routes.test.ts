/**
 * Every page and file of `src/routes` × role, in four phases, against a table written by hand: a
 * route without a row fails. The load functions themselves are called, on a real house.
 */
import { expect, test } from 'vitest';
import type { Phase } from '#domain/types.ts';
import type { SignedIn } from '../../server/seams.ts';
import { SampleMeeting } from './house.ts';
import { routes, visit } from './route.ts';

const columns = ['secretariat', 'chair', 'member', 'section', 'observer', 'stranger', 'nobody'];
const looked = ['draft', 'open', 'closed', 'published'] as const satisfies readonly Phase[];
type Looked = (typeof looked)[number];

/** ● 200, × 403, - 404, ! 409, → to the sign-in, ↷ elsewhere; in the order of `columns`. */
type Row = string | Readonly<Record<Looked, string>>;
const everybody = '● ● ● ● ● ● ●';
const signedOut = '↷ ↷ ↷ ↷ ↷ ↷ ●';
const seats = '● ● ● ● ● - →';
const secretariat = '● × × × × - →';
const conductors = '● ● × × × - →';
const takesPart = '● ● ● ● × - →';
const inCharge = '● × × ● × - →';
const noneYet = '- - - - × - →';
const taken: Row = { draft: conductors, open: takesPart, closed: takesPart, published: takesPart };
const publicPage: Row = {
  draft: '- - - - - - -',
  open: '- - - - - - -',
  closed: '- - - - - - -',
  published: everybody,
};

const table: Readonly<Record<string, Row>> = {
  '(desk)': '● ● ● ● ● ● →',
  '(desk)/enter': everybody,
  '(desk)/invite': everybody,
  '(desk)/login': signedOut,
  '(desk)/setup': signedOut,
  '(desk)/meetings/new': '● × × × × × →',
  '(desk)/meetings/[id]/consistency': conductors,
  '(desk)/meetings/[id]/history': secretariat,
  '(desk)/meetings/[id]/import': secretariat,
  '(desk)/meetings/[id]/minutes': takesPart,
  '(desk)/meetings/[id]/minutes/text': {
    draft: '- - × × × - →',
    open: noneYet,
    closed: takesPart,
    published: takesPart,
  },
  '(desk)/meetings/[id]/record': conductors,
  '(desk)/meetings/[id]/replies': takesPart,
  // Nobody has asked for a reply to be put into a file.
  '(desk)/meetings/[id]/replies/file': {
    draft: '- - × × × - →',
    open: noneYet,
    closed: noneYet,
    published: noneYet,
  },
  '(desk)/meetings/[id]/report': inCharge,
  '(desk)/meetings/[id]/report/[item]': inCharge,
  '(desk)/meetings/[id]/results': {
    draft: conductors,
    open: seats,
    closed: seats,
    published: seats,
  },
  '(desk)/meetings/[id]/results/cp932': taken,
  '(desk)/meetings/[id]/results/document': taken,
  // The office keeps no template of its own.
  '(desk)/meetings/[id]/results/filled': {
    draft: '- - × × × - →',
    open: noneYet,
    closed: noneYet,
    published: noneYet,
  },
  '(desk)/meetings/[id]/results/minutes': taken,
  '(desk)/meetings/[id]/results/opendata': taken,
  '(desk)/meetings/[id]/results/print': taken,
  // Half a record would not fit.
  '(desk)/meetings/[id]/results/record': {
    draft: '! ! × × × - →',
    open: '! ! × × × - →',
    closed: conductors,
    published: conductors,
  },
  '(desk)/meetings/[id]/results/sampletemplate': taken,
  '(desk)/meetings/[id]/results/table': taken,
  '(desk)/meetings/[id]/results/workbook': taken,
  '(desk)/meetings/[id]/setup': secretariat,
  '(desk)/meetings/[id]/setup/criteria': secretariat,
  '(desk)/meetings/[id]/setup/documents': secretariat,
  '(desk)/meetings/[id]/setup/items/[item]': secretariat,
  '(desk)/meetings/[id]/setup/items/new': secretariat,
  '(desk)/meetings/[id]/setup/members': secretariat,
  '(desk)/meetings/[id]/setup/preview': secretariat,
  'meetings/[id]': seats,
  // [P15] Those who write opinions are told who wrote which.
  'meetings/[id]/authors/[item]': {
    draft: '- - - - - - →',
    open: '● ● ● - - - →',
    closed: '● ● ● - - - →',
    published: '● ● ● - - - →',
  },
  // 目安 is off in this meeting.
  'meetings/[id]/guides/[item]': '- - - - - - →',
  'meetings/[id]/screen': seats,
  'meetings/[id]/seal': seats,
  'meetings/[id]/sheets/[item]': {
    draft: '● ● - - - - →',
    open: seats,
    closed: seats,
    published: seats,
  },
  'public/[slug]': publicPage,
  'public/[slug]/data': publicPage,
  'public/[slug]/opendata': publicPage,
};

/** What is no GET, or asks no person; each is tried in a test of its own. */
const notHere: Readonly<Record<string, string>> = {
  'meetings/[id]/drafts': 'PUT alone',
  logout: 'POST alone',
  language: 'POST alone',
  metrics: 'metrics.test.ts',
  healthz: 'health.test.ts',
};

/** The moments at which the table looks, made one after the other. */
const steps: Readonly<Record<Looked, (meeting: SampleMeeting) => void>> = {
  draft: () => undefined,
  open: (meeting) => void meeting.open().start().vote([4, 4, 4, 4, 4]).decide(4, 'unanimous'),
  closed(meeting) {
    const chair = meeting.guest('chair');
    for (const { id: itemId, state } of meeting.state.items) {
      if (state === 'decided') continue;
      meeting.do(chair, { type: 'startItem', itemId });
      meeting.do(chair, { type: 'deferItem', itemId, reason: '時間切れ' });
    }
    meeting.do(chair, { type: 'closeMeeting' });
  },
  published(meeting) {
    const sec = meeting.guest('secretariat');
    const deadline = meeting.house.now + 1000;
    meeting.do(sec, { type: 'requestConfirmation', deadline, signers: [] });
    meeting.house.now = deadline;
    meeting.do(sec, { type: 'approveMinutes' }).do(sec, { type: 'publish' });
  },
};

test('every route has a row, and every row a route', () => {
  expect(routes.length).toBeGreaterThan(30);
  const known = [...Object.keys(table), ...Object.keys(notHere)];
  const without = routes.filter((route) => !known.includes(route));
  expect(without, 'a route without a row: who may open it?').toEqual([]);
  expect(known.filter((route) => !routes.includes(route))).toEqual([]);
});

test('every route answers each role as the table says', { timeout: 60_000 }, async () => {
  const meeting = await SampleMeeting.open();
  const { house } = meeting;
  const stranger: SignedIn = {
    ...meeting.guest('member', 3),
    accountId: 'account-of-nobody-here' as SignedIn['accountId'],
  };
  const who: Readonly<Record<string, SignedIn | null>> = { stranger, nobody: null };
  const personOf = (column: string) =>
    column in who ? (who[column] ?? null) : meeting.guest(column as 'member');
  const rows: Record<string, Record<string, string>> = {};
  for (const phase of looked) {
    steps[phase](meeting);
    const params = {
      id: meeting.id,
      item: meeting.item().id,
      slug: meeting.state.publication?.slug ?? 'no-such-page',
    };
    // A route without a row is told by the test above.
    for (const route of Object.keys(table)) {
      let row = '';
      for (const column of columns) {
        const { mark } = await visit(route, { house, params, person: personOf(column) });
        row += `${row === '' ? '' : ' '}${mark}`;
      }
      (rows[route] ??= {})[phase] = row;
    }
  }
  const wanted = Object.fromEntries(
    Object.entries(table).map(([route, row]) => [
      route,
      typeof row === 'string' ? Object.fromEntries(looked.map((phase) => [phase, row])) : row,
    ]),
  );
  expect(rows).toEqual(wanted);
});

test('an item of another meeting is no item of this one, for anybody', async () => {
  const meeting = await SampleMeeting.open();
  const other = await SampleMeeting.open(meeting.house);
  meeting.open();
  const { house } = meeting;
  const params = { id: meeting.id, item: other.item().id, slug: '' };
  const byItem = Object.keys(table).filter((route) => route.includes('[item]'));
  expect(byItem.length).toBeGreaterThan(2);
  for (const route of byItem) {
    const found = await visit(route, { house, params, person: meeting.guest('secretariat') });
    expect([route, found.mark]).toEqual([route, '-']);
    for (const role of ['chair', 'member', 'section', 'observer'] as const) {
      const answer = await visit(route, { house, params, person: meeting.guest(role) });
      expect(['-', '×'], `${route} ${role}`).toContain(answer.mark);
    }
  }
});
