/** The first schema. Times are integers (ms); booleans 0 or 1; JSON columns are checked. */
export const first = /* sql */ `
create table setting (
  key text primary key,
  value text not null
) strict, without rowid;

-- People and their sign-in ------------------------------------------------------------------
create table account (
  id text primary key,
  email text not null unique collate nocase,
  name text not null,
  password_hash text, -- null until the person has set one
  is_staff integer not null check (is_staff in (0, 1)), -- may make meetings
  created_at integer not null
) strict;

create table session (
  id text primary key, -- SHA-256 of the token, never the token
  account_id text not null references account (id) on delete cascade,
  created_at integer not null,
  ends_at integer not null, -- the absolute end
  expires_at integer not null -- the idle end, moved on by use
) strict;
create index session_account on session (account_id);

-- One-time and demonstration links: only the hash of the token is kept.
create table link (
  token_hash text primary key,
  purpose text not null check (purpose in ('setup', 'invitation', 'sign-in')),
  account_id text references account (id) on delete cascade,
  meeting_id text,
  participant_id text,
  email text, -- of an invitation: where the person will sign in
  created_at integer not null,
  expires_at integer not null,
  used_at integer
) strict;

create table attempt (
  subject text primary key, -- 'account:…' or 'address:…'
  failures integer not null,
  blocked_until integer not null
) strict, without rowid;

-- The record of a meeting: history is appended, never changed --------------------------------
create table meeting_event (
  meeting_id text not null,
  seq integer not null,
  at integer not null,
  actor text, -- participant id, null for the account that founded the meeting
  kind text not null,
  body text not null check (json_valid(body)),
  previous_hash text not null,
  hash text not null,
  primary key (meeting_id, seq)
) strict, without rowid;
create trigger meeting_event_no_update before update on meeting_event
begin select raise(abort, 'history is appended, never changed'); end;
create trigger meeting_event_no_delete before delete on meeting_event
-- A rehearsal may be wiped. Its row goes last, and never changes in this.
when coalesce((select rehearsal from meeting where id = old.meeting_id), 0) <> 1
begin select raise(abort, 'history is appended, never changed'); end;

create table command (
  id text primary key,
  meeting_id text not null,
  account_id text not null,
  request_hash text not null,
  response text not null check (json_valid(response)),
  at integer not null
) strict;

-- Values of ballots stay here and nowhere else until they are revealed.
create table ballot (
  meeting_id text not null,
  round_id text not null,
  participant_id text not null,
  criterion_id text not null,
  option_id text, -- null is 棄権
  primary key (round_id, participant_id, criterion_id)
) strict, without rowid;

-- The sums of a secret round between closing and reveal, when no ballot is left.
create table sealed_tally (
  round_id text primary key,
  meeting_id text not null,
  tallies text not null check (json_valid(tallies))
) strict, without rowid;

-- Taken in by one person, waiting for a second one.
create table paper_ballot (
  meeting_id text not null,
  round_id text not null,
  participant_id text not null,
  recorded_by text not null,
  choices text not null check (json_valid(choices)),
  primary key (round_id, participant_id)
) strict, without rowid;

-- 事前評価 and drafts of opinions: read by their owner alone.
create table private_rating (
  meeting_id text not null,
  item_id text not null,
  participant_id text not null,
  criterion_id text not null,
  option_id text,
  primary key (meeting_id, item_id, participant_id, criterion_id)
) strict, without rowid;

create table draft (
  meeting_id text not null,
  participant_id text not null,
  item_id text not null,
  heading_id text not null,
  text text not null,
  saved_at integer not null,
  primary key (meeting_id, participant_id, item_id, heading_id)
) strict, without rowid;

-- What pages and plain queries read, derived in the transaction of the event ------------------
create table meeting (
  id text primary key,
  title text not null,
  municipality text not null,
  evaluated_year integer not null,
  held_on text not null,
  place text not null,
  phase text not null check (phase in ('draft', 'preview', 'open', 'closed', 'published')),
  gathering text not null,
  rehearsal integer not null check (rehearsal in (0, 1)),
  slug text unique, -- of the public page, while there is one
  published_at integer,
  opened_at integer,
  closed_at integer,
  created_at integer not null
) strict;

create trigger meeting_rehearsal_fixed before update on meeting
when old.rehearsal <> new.rehearsal
begin select raise(abort, 'a meeting never becomes a rehearsal'); end;

create table participant (
  meeting_id text not null references meeting (id),
  id text not null,
  account_id text references account (id),
  name text not null,
  role text not null,
  affiliation text not null,
  present integer not null check (present in (0, 1)),
  removed integer not null check (removed in (0, 1)),
  primary key (meeting_id, id)
) strict, without rowid;
create index participant_account on participant (account_id);
-- One account, one seat: nobody counts twice.
create unique index participant_seat on participant (meeting_id, account_id)
  where removed = 0;

create table item (
  meeting_id text not null references meeting (id),
  id text not null,
  position integer not null,
  no text,
  name text not null,
  state text not null,
  sheet text not null check (json_valid(sheet)),
  primary key (meeting_id, id)
) strict, without rowid;

create index item_id on item (id);

create table decision (
  meeting_id text not null references meeting (id),
  item_id text not null,
  criterion_id text not null,
  criterion text not null, -- 評価項目
  rating text not null, -- the label as decided
  rating_short text not null,
  rating_reason text not null,
  method text not null,
  reason text not null,
  decided_at integer not null,
  decided_by text not null, -- name and role at that moment
  primary key (meeting_id, item_id, criterion_id)
) strict, without rowid;

create table tally (
  meeting_id text not null references meeting (id),
  item_id text not null,
  round integer not null, -- 1, 2 …
  criterion_id text not null,
  option text not null, -- label, or 棄権
  position integer not null, -- order of the scale, 棄権 last
  votes integer not null,
  primary key (meeting_id, item_id, round, criterion_id, position)
) strict, without rowid;

create table elector (
  meeting_id text not null references meeting (id),
  item_id text not null,
  round integer not null,
  participant_id text not null,
  name text not null,
  status text not null check (status in ('voted', 'not-voted', 'seated', 'absent', 'recused')),
  primary key (meeting_id, item_id, round, participant_id)
) strict, without rowid;

create table frozen_opinion (
  meeting_id text not null references meeting (id),
  item_id text not null,
  heading text not null,
  heading_position integer not null,
  position integer not null,
  text text not null,
  primary key (meeting_id, item_id, heading_position, position)
) strict, without rowid;

create table attendance (
  meeting_id text not null references meeting (id),
  seq integer not null, -- the event that recorded it
  participant_id text not null,
  present integer not null check (present in (0, 1)),
  at integer not null,
  primary key (meeting_id, seq, participant_id)
) strict, without rowid;

-- Yjs documents, update by update ---------------------------------------------------------------
create table document_update (
  document text not null,
  seq integer not null,
  account_id text, -- null: written by the server
  at integer not null,
  data blob not null,
  hash blob not null, -- SHA-256(hash of seq - 1 ‖ document, seq, account, at ‖ data)
  primary key (document, seq)
) strict, without rowid;
create trigger document_update_no_update before update on document_update
begin select raise(abort, 'history is appended, never changed'); end;

-- A shortcut for loading, made again whenever it does not fit; after a compaction, the beginning.
create table document_snapshot (
  document text primary key,
  seq integer not null, -- the last row it contains
  chain blob not null, -- the hash of that row
  data blob not null,
  hash blob not null -- SHA-256(document, seq ‖ chain ‖ data)
) strict;

create table document_client (
  document text not null,
  client_id integer not null,
  account_id text, -- null: the server itself
  primary key (document, client_id)
) strict, without rowid;
`;
