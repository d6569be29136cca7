/** The tables as Kysely types them; `migrations/` holds the truth, a test compares the two. */

export type Schema = {
  setting: { key: string; value: string };
  account: {
    id: string;
    email: string;
    name: string;
    password_hash: string | null;
    is_staff: number;
    created_at: number;
  };
  session: {
    id: string;
    account_id: string;
    created_at: number;
    ends_at: number;
    expires_at: number;
  };
  link: {
    token_hash: string;
    purpose: 'setup' | 'invitation' | 'sign-in';
    account_id: string | null;
    meeting_id: string | null;
    participant_id: string | null;
    email: string | null;
    created_at: number;
    expires_at: number;
    used_at: number | null;
  };
  attempt: { subject: string; failures: number; blocked_until: number };
  meeting_event: {
    meeting_id: string;
    seq: number;
    at: number;
    actor: string | null;
    kind: string;
    body: string;
    previous_hash: string;
    hash: string;
  };
  command: {
    id: string;
    meeting_id: string;
    account_id: string;
    request_hash: string;
    response: string;
    at: number;
  };
  sealed_tally: { meeting_id: string; round_id: string; tallies: string };
  paper_ballot: {
    meeting_id: string;
    round_id: string;
    participant_id: string;
    recorded_by: string;
    choices: string;
  };
  private_rating: {
    meeting_id: string;
    item_id: string;
    participant_id: string;
    criterion_id: string;
    option_id: string | null;
  };
  draft: {
    meeting_id: string;
    participant_id: string;
    item_id: string;
    heading_id: string;
    text: string;
    saved_at: number;
  };
  ballot: {
    meeting_id: string;
    round_id: string;
    participant_id: string;
    criterion_id: string;
    option_id: string | null;
  };
  meeting: {
    id: string;
    title: string;
    municipality: string;
    evaluated_year: number;
    held_on: string;
    place: string;
    phase: string;
    gathering: string;
    rehearsal: number;
    slug: string | null;
    published_at: number | null;
    opened_at: number | null;
    closed_at: number | null;
    created_at: number;
  };
  participant: {
    meeting_id: string;
    id: string;
    account_id: string | null;
    name: string;
    role: string;
    affiliation: string;
    present: number;
    removed: number;
  };
  item: {
    meeting_id: string;
    id: string;
    position: number;
    no: string | null;
    name: string;
    state: string;
    sheet: string;
  };
  decision: {
    meeting_id: string;
    item_id: string;
    criterion_id: string;
    criterion: string;
    rating: string;
    rating_short: string;
    rating_reason: string;
    method: string;
    reason: string;
    decided_at: number;
    decided_by: string;
  };
  tally: {
    meeting_id: string;
    item_id: string;
    round: number;
    criterion_id: string;
    option: string;
    position: number;
    votes: number;
  };
  elector: {
    meeting_id: string;
    item_id: string;
    round: number;
    participant_id: string;
    name: string;
    status: 'voted' | 'not-voted' | 'seated' | 'absent' | 'recused';
  };
  frozen_opinion: {
    meeting_id: string;
    item_id: string;
    heading: string;
    heading_position: number;
    position: number;
    text: string;
  };
  attendance: {
    meeting_id: string;
    seq: number;
    participant_id: string;
    present: number;
    at: number;
  };
  document_update: {
    document: string;
    seq: number;
    account_id: string | null;
    at: number;
    data: Uint8Array;
    hash: Uint8Array;
  };
  document_snapshot: {
    document: string;
    seq: number;
    chain: Uint8Array;
    data: Uint8Array;
    hash: Uint8Array;
  };
  document_client: { document: string; client_id: number; account_id: string | null };
};
