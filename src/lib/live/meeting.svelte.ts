/**
 * One meeting in one browser tab: the view everybody shares, the person's own ballots, and the
 * commands that are on their way. It decides nothing: rules are asked of `domain/obstacle.ts`.
 */
import { io, type Socket } from 'socket.io-client';
import type { Command, CommandType } from '#domain/command.ts';
import type { Choice } from '#domain/meeting.ts';
import type { AccountId, CommandId, RoundId } from '#domain/types.ts';
import type { Ack } from '#protocol/ack.ts';
import type { Envelope } from '#protocol/command.ts';
import { VIEW_ROOT, viewDocument } from '#protocol/documents.ts';
import { OUTDATED, PROTOCOL_VERSION } from '#protocol/version.ts';
import { parseView, type Audience, type MeetingView } from '#protocol/view.ts';
import { freshId } from '../fresh.ts';
import type { Carrier } from './channel.ts';
import { LiveDocument } from './document.svelte.ts';
import { lookingElsewhere } from './presence.ts';

export type Connection = 'connected' | 'reconnecting' | 'offline';
export type OwnBallots = Readonly<Record<string, readonly Choice[]>>;
/** Why a command was not carried out: a code of the messages, beside the command it answers. */
export type Refused = {
  readonly command: CommandType;
  readonly code: Extract<Ack, { ok: false }>['refused'];
};

/** What the server tells somebody about themselves. */
type Mine = {
  readonly ballots: OwnBallots;
  /** 事前評価 by item. */
  readonly ratings: OwnBallots;
  readonly audience: Audience;
};

/** What a page comes with; from then on the live things know better. */
export type Start = {
  readonly view: MeetingView;
  readonly audience: Audience;
  readonly accountId: AccountId;
  readonly ballots?: OwnBallots;
  readonly ratings?: OwnBallots;
};

type Waiting = { readonly envelope: Envelope; readonly settle: (ack: Ack) => void };

/** Longer than a slow link needs; then the same id is sent again and answered as before. */
const ANSWER_MS = 8000;

export class LiveMeeting {
  view = $state.raw() as MeetingView;
  /** By round; only the person's own, and only those the server has stored. */
  ballots = $state.raw<OwnBallots>({});
  /** By item; the person's own private ratings the server has stored. */
  ratings = $state.raw<OwnBallots>({});
  /** The answer to the last command when it was a no. */
  refused = $state.raw<Refused | undefined>(undefined);
  signedOut = $state(false);
  /** The server is of another version than this page. */
  outdated = $state(false);
  /** Seats whose owner looks at another item than the chair. */
  elsewhere = $state.raw<readonly string[]>([]);
  /** Undefined on the server and before `start`. */
  document = $state.raw<LiveDocument | undefined>(undefined);

  #accountId: AccountId;
  #audience: Audience;
  #closeView: (() => void) | undefined;
  #socket: Socket | undefined;
  #linked = $state(false);
  #waiting = $state.raw<readonly Waiting[]>([]);

  constructor({ view, audience, accountId, ballots = {}, ratings = {} }: Start) {
    this.view = view;
    this.ballots = ballots;
    this.ratings = ratings;
    this.#accountId = accountId;
    this.#audience = audience;
  }

  /** Browser only. Answers how to end it. */
  start(): () => void {
    // Staff networks may block WebSocket; then it goes by long polling, the documents with it.
    const socket = io({
      transports: ['websocket', 'polling'],
      tryAllTransports: true,
      auth: { version: PROTOCOL_VERSION },
      // It learns in no other way of a line that broke before the first packet.
      timeout: ANSWER_MS,
    });
    this.#socket = socket;
    this.#openView(socket);
    // Whoever stands aside from an item, or comes back to it, gets another view ([P10]).
    const stopWatching = $effect.root(() => {
      $effect(() => {
        if (this.document?.refusal === 'forbidden') this.askMine();
      });
    });

    socket.on('connect', () => {
      this.#linked = true;
      this.askMine();
      for (const waiting of this.#waiting) this.#emit(waiting);
    });
    socket.on('disconnect', (reason) => {
      this.#linked = false;
      // A server that goes down says goodbye, and Socket.IO takes that for good unless told.
      if (reason === 'io server disconnect' && !this.signedOut) socket.connect();
    });
    socket.on('connect_error', ({ message }) => {
      if (message === OUTDATED) this.outdated = true;
      else void this.#checkSession();
    });
    socket.on('signed-out', () => (this.signedOut = true));
    return () => {
      stopWatching();
      socket.disconnect();
      this.#closeView?.();
    };
  }

  /** The view of the audience this person belongs to now. */
  #openView(carrier: Carrier): void {
    this.#closeView?.();
    const document = new LiveDocument({
      name: viewDocument(this.view.id, this.#audience),
      accountId: this.#accountId,
      carrier,
    });
    const entries = document.doc.getMap(VIEW_ROOT);
    const read = () => this.#take(parseView((key) => entries.get(key)));
    entries.observe(read);
    const { awareness } = document;
    awareness.on('change', () => (this.elsewhere = lookingElsewhere(awareness.getStates())));
    this.document = document;
    this.#closeView = () => {
      entries.unobserve(read);
      document.destroy();
    };
  }

  /** What the documents travel on where no WebSocket gets through. */
  get carrier(): Carrier | undefined {
    return this.#socket;
  }

  get connection(): Connection {
    const text = this.document?.connection ?? 'reconnecting';
    if (text === 'offline') return 'offline';
    return this.#linked && text === 'connected' ? 'connected' : 'reconnecting';
  }

  /** Commands the server has not answered yet. */
  get unanswered(): number {
    return this.#waiting.length;
  }

  /** A command of this type is on its way. */
  busy(type: CommandType): boolean {
    return this.#waiting.some(({ envelope }) => envelope.command.type === type);
  }

  /** Sent again under the same id until it is answered, so it takes effect once. */
  send(command: Command): Promise<Ack> {
    this.refused = undefined;
    const id = freshId<CommandId>();
    const envelope = { meetingId: this.view.id, id, command } as Envelope;
    return new Promise((resolve) => {
      const settle = (ack: Ack) => {
        if (ack.ok && command.type === 'castBallot') this.#keep(command.roundId, command.choices);
        if (ack.ok && command.type === 'ratePrivately') {
          this.ratings = { ...this.ratings, [command.itemId]: command.choices };
        }
        if (!ack.ok) this.refused = { command: command.type, code: ack.refused };
        if (!ack.ok && ack.refused === 'signed-out') this.signedOut = true;
        resolve(ack);
      };
      const waiting = { envelope, settle };
      this.#waiting = [...this.#waiting, waiting];
      this.#emit(waiting);
    });
  }

  dismiss(): void {
    this.refused = undefined;
  }

  #emit(waiting: Waiting): void {
    const socket = this.#socket;
    if (!socket?.connected) return;
    socket
      .timeout(ANSWER_MS)
      .emit('command', waiting.envelope, (late: Error | null, ack: Ack | undefined) => {
        if (!this.#waiting.includes(waiting)) return;
        // No answer in time: `connect` sends it again, or the line is up and we do.
        if (late || !ack) return this.#emit(waiting);
        this.#waiting = this.#waiting.filter((other) => other !== waiting);
        waiting.settle(ack);
      });
  }

  #take(view: MeetingView | undefined): void {
    if (!view || view.rev < this.view.rev) return;
    this.view = view;
    this.#forgetSecrets();
  }

  /** [B11] From the closing of a secret round on nobody, not even this tab, says whose vote was what. */
  #forgetSecrets(): void {
    const rounds = this.view.items.flatMap((item) => item.rounds);
    const gone = rounds.filter(
      ({ id, secrecy, status }) =>
        secrecy === 'secret' && status !== 'open' && this.ballots[id] !== undefined,
    );
    if (gone.length === 0) return;
    const kept = Object.entries(this.ballots).filter(
      ([id]) => !gone.some((each) => each.id === id),
    );
    this.ballots = Object.fromEntries(kept);
  }

  #keep(roundId: RoundId, choices: readonly Choice[]): void {
    this.ballots = { ...this.ballots, [roundId]: choices };
  }

  /** A refused socket does not say why; a page of this meeting that leads to the sign-in does. */
  async #checkSession(): Promise<void> {
    if (!navigator.onLine || this.signedOut) return;
    const address = `/meetings/${this.view.id}/sheets/none`;
    const answer = await fetch(address, { method: 'HEAD', redirect: 'manual' }).catch(() => null);
    if (answer?.type === 'opaqueredirect') this.signedOut = true;
  }

  /** The server's word on the own ballots counts, not this tab's memory: another device may know more. */
  askMine(): void {
    const socket = this.#socket;
    socket?.emit('mine', { meetingId: this.view.id }, (mine: Mine | null) => {
      if (!mine) return;
      this.ballots = mine.ballots;
      this.ratings = mine.ratings;
      if (mine.audience === this.#audience) return;
      this.#audience = mine.audience;
      this.#openView(socket);
    });
  }
}
