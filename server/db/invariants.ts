/**
 * Queries that must return no row, in tests and on live data alike. Each returns ids only, so that
 * what it finds may be printed. Plain SQL, to be pasted into `sqlite3` when something is wrong.
 */
import { sql as raw } from 'kysely';
import { sql, type Tx } from './database.ts';

export type Invariant = { readonly ja: string; readonly en: string; readonly query: string };

export const invariants: readonly Invariant[] = [
  {
    ja: '一人一票（同じ回・同じ評価項目）',
    en: 'one ballot per person, round and criterion',
    query: `select round_id, participant_id, criterion_id from ballot
      group by round_id, participant_id, criterion_id having count(*) > 1`,
  },
  {
    ja: '一つのアカウントに一つの席',
    en: 'one seat per account',
    query: `select meeting_id, account_id from participant
      where removed = 0 and account_id is not null
      group by meeting_id, account_id having count(*) > 1`,
  },
  {
    ja: '会長は一人まで',
    en: 'at most one chair',
    query: `select meeting_id from participant where removed = 0 and role = 'chair'
      group by meeting_id having count(*) > 1`,
  },
  {
    ja: '投票中の議題は一つまで',
    en: 'at most one open ballot',
    query: `select meeting_id from item join meeting on meeting.id = item.meeting_id
      where state = 'rating' and gathering <> 'circulated'
      group by meeting_id having count(*) > 1`,
  },
  {
    ja: '確定した議題に確定の記録がある',
    en: 'a decided item has its decision, no other has one',
    query: `select item.meeting_id, item.id as item_id from item
      where (item.state = 'decided') <> exists (
        select 1 from decision
        where decision.meeting_id = item.meeting_id and decision.item_id = item.id)`,
  },
  {
    ja: '票数の合計が投票者数と一致する',
    en: 'votes counted are voters counted',
    query: `select tally.meeting_id, tally.item_id, tally.round, tally.criterion_id from tally
      group by tally.meeting_id, tally.item_id, tally.round, tally.criterion_id
      having sum(votes) not between (
        select count(*) from elector
        where elector.meeting_id = tally.meeting_id and elector.item_id = tally.item_id
          and elector.round = tally.round and elector.status = 'voted')
      and (
        select count(*) from elector
        where elector.meeting_id = tally.meeting_id and elector.item_id = tally.item_id
          and elector.round = tally.round and elector.status in ('voted', 'seated'))`,
  },
  {
    ja: '会議の段階と時刻が合う',
    en: 'phases and times fit',
    query: `select id as meeting_id from meeting
      where (phase in ('draft', 'preview')) <> (opened_at is null)
        or (phase in ('closed', 'published')) <> (closed_at is not null)
        or (phase = 'published') <> (slug is not null)`,
  },
  {
    ja: '受け付けた操作がすべて記録にある',
    en: 'the record holds every command that was acknowledged',
    query: `select command.id as command_id, command.meeting_id from command
      where json_extract(command.response, '$.ok') and json_extract(command.response, '$.rev') > (
        select coalesce(max(seq), 0) from meeting_event
        where meeting_event.meeting_id = command.meeting_id)`,
  },
  {
    ja: '文書の更新に欠番がない',
    en: 'no number is missing in an update log',
    query: `select document from document_update
      group by document having max(seq) - min(seq) + 1 <> count(*)`,
  },
  {
    ja: '更新記録の末尾が切れていない',
    en: 'no update log ends before its snapshot',
    query: `select document from document_snapshot
      where seq > (select max(seq) from document_update
        where document_update.document = document_snapshot.document)`,
  },
  {
    ja: '文書を書いた人に書く番号がある',
    en: 'whoever wrote in a document has a clientID in it',
    query: `select distinct document, account_id from document_update
      where account_id is not null and not exists (
        select 1 from document_client
        where document_client.document = document_update.document
          and document_client.account_id = document_update.account_id)`,
  },
];

/** What breaks an invariant, as `name=id` pairs. */
export function breaches(tx: Pick<Tx, 'all'>, { query }: Invariant): string[] {
  const compiled = raw<Readonly<Record<string, string | number>>>`${raw.raw(query)}`.compile(sql);
  return tx.all({ compile: () => compiled }).map((row) => describe(row));
}

export const describe = (ids: Readonly<Record<string, unknown>>): string =>
  Object.entries(ids)
    .map(([name, id]) => `${name}=${String(id)}`)
    .join(' ');
