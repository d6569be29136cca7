/** Rules [M15], [B17], [P12], [P13]: 事前評価 — drafts, 目安, who has answered, 除斥 proposed. */
import { describe, expect, test } from 'vitest';
import { namedIn } from '#domain/affiliation.ts';
import { answersOf, keepsDrafts, readsGuide } from '#domain/preview.ts';
import { emptyProject, type ProjectSheet } from '#domain/sheet.ts';
import {
  itemStates,
  phases,
  roles,
  type ItemId,
  type ItemState,
  type ParticipantId,
  type Role,
} from '#domain/types.ts';

const me = 'me' as ParticipantId;
const other = 'other' as ParticipantId;
const aside = [{ participantId: me, reason: '' }];
const item = { id: 'item' as ItemId, state: 'waiting' as ItemState, recused: [], rounds: [] };
const revealed = { ...item, rounds: [{ status: 'revealed' as const }] };
const person = (role: Role) => ({ id: me, role });

describe('[P12] drafts', () => {
  test('[P12] are kept by the council from the preview until the item is decided', () => {
    const keepers = (phase: (typeof phases)[number]) =>
      roles.filter((role) => keepsDrafts({ phase }, person(role), item));
    expect(phases.filter((phase) => keepers(phase).length > 0)).toEqual(['preview', 'open']);
    expect(keepers('preview')).toEqual(['chair', 'viceChair', 'member']);
    const states = itemStates.filter((state) =>
      keepsDrafts({ phase: 'open' }, person('member'), { ...item, state }),
    );
    expect(states).toEqual(itemStates.filter((state) => state !== 'decided'));
  });

  test('[P12] whoever stands aside keeps none', () => {
    const place = { phase: 'preview' } as const;
    expect(keepsDrafts(place, person('member'), { ...item, recused: aside })).toBe(false);
  });
});

describe('[P13] the level suggested by the KPIs', () => {
  const place = { phase: 'preview', guide: '2016' } as const;

  test('[P13] is shown to nobody before a rating, and then to its owner', () => {
    expect(roles.filter((role) => readsGuide(place, person(role), item, false))).toEqual([]);
    expect(roles.filter((role) => readsGuide(place, person(role), item, true))).toEqual([
      'chair',
      'viceChair',
      'member',
    ]);
  });

  test('[P13] is shown to all who take part after a reveal, never to observers', () => {
    const room = { ...place, phase: 'open' } as const;
    const readers = roles.filter((role) => readsGuide(room, person(role), revealed, false));
    expect(readers).toEqual(roles.filter((role) => role !== 'observer'));
  });

  test('[P13] waits for the decision where somebody stands aside', () => {
    const room = { ...place, phase: 'open' } as const;
    const recused = { ...revealed, recused: aside };
    expect(readsGuide(room, person('member'), recused, true)).toBe(false);
    const decided = { ...recused, state: 'decided' as const };
    expect(readsGuide(room, person('member'), decided, false)).toBe(true);
  });

  test('[P13] is shown nowhere when it is switched off', () => {
    const off = { ...place, guide: 'off' } as const;
    expect(readsGuide(off, person('member'), revealed, true)).toBe(false);
  });
});

test('[M15] the secretariat learns who has rated what; a recused member is not awaited', () => {
  const second = { ...item, id: 'second' as ItemId, recused: aside };
  const participants = [
    { id: me, role: 'member' as const },
    { id: other, role: 'chair' as const },
    { id: 'desk' as ParticipantId, role: 'secretariat' as const },
  ];
  const rated = [{ itemId: item.id, participantId: other }];
  const rows = answersOf({ participants, items: [item, second] }, rated);
  expect(rows.map(({ person: { id }, answers, left }) => [id, answers, left])).toEqual([
    [me, ['open', 'recused'], 1],
    [other, ['rated', 'open'], 1],
  ]);
});

describe('[B17] an affiliation in the words of a project', () => {
  const about = (overview: string): ProjectSheet => ({ ...emptyProject, overview });

  test.each([
    ['株式会社みほん観光 代表取締役', '運営は（株）みほん観光に委託', 'みほん観光'],
    ['㈱ミホン観光', '株式会社ﾐﾎﾝ観光と連携した', 'ミホン観光'],
    ['一般社団法人 みほん地域協会', '(一社)みほん 地域協会が実施', 'みほん地域協会'],
    ['みほん大学 地域学部 教授', 'みほん大学との共同研究', 'みほん大学'],
    ['商工会議所（産業界）', '商工会議所と共催した', '商工会議所'],
  ])('[B17] %s is found', (affiliation, overview, found) => {
    expect(namedIn(affiliation, about(overview))).toBe(found);
  });

  test.each([
    ['みほん大学 教授', '教授を招いた'],
    ['公募市民', '公募市民が参加した'],
    ['大学（学識経験者）', '大学と学識経験者の意見'],
    ['株式会社', '株式会社を設立'],
    ['市（し）', '市の事業'],
    ['', '市の事業'],
    ['みほん銀行', 'みほん観光に委託'],
  ])('[B17] %s is not found in %s', (affiliation, overview) => {
    expect(namedIn(affiliation, about(overview))).toBeNull();
  });

  test('[B17] KPIs, activities and plans are looked through too', () => {
    const activities = [{ name: '講座', quantitative: [], qualitative: ['みほん大学が主催'] }];
    expect(namedIn('みほん大学', { ...emptyProject, activities })).toBe('みほん大学');
  });
});
