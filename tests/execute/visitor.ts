/**
 * Somebody with a page open while the server is killed: types numbered words, changes the ballot,
 * sends again what was not answered, and remembers what the server has promised.
 */
import * as decoding from 'lib0/decoding';
import { io, type Socket } from 'socket.io-client';
import { WebSocket as NodeSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import type { Choice } from '#domain/meeting.ts';
import type { CommandId, CriterionId, ItemId, OptionId } from '#domain/types.ts';
import type { Ack } from '#protocol/ack.ts';
import { EDITOR_SCHEMA, opinionsDocument } from '#protocol/documents.ts';
import { MESSAGE } from '#protocol/sync.ts';
import { PROTOCOL_VERSION } from '#protocol/version.ts';
import type { Seat, Stage } from './victim.ts';

export const wordsOf = (doc: Y.Doc, headingId: string): string[] =>
  (doc.getXmlFragment(headingId).toArray() as Y.XmlElement[]).flatMap((bullet) =>
    bullet.toArray().map((text) => String((text as Y.XmlText).toJSON())),
  );

type Vote = { readonly id: CommandId; readonly choices: readonly Choice[] };

/** So many in one connection: more would be refused as faster than hands. */
const MOST = 6;

export class Visitor {
  readonly doc = new Y.Doc();
  readonly name: string;
  readonly seat: Seat;
  /** Words that were acked. */
  readonly promised: string[] = [];
  readonly answered: { readonly id: CommandId; readonly ack: Ack }[] = [];
  readonly #stage: Stage;
  readonly #votes: boolean;
  #provider: WebsocketProvider | undefined;
  #socket: Socket | undefined;
  #frames = 0;
  #sent: [frame: number, word: string][] = [];
  #typed = 0;
  #cast = 0;
  #left = MOST;
  #vote: Vote | undefined;
  #last: readonly Choice[] | undefined;

  constructor(name: string, seat: Seat, stage: Stage) {
    this.name = name;
    this.seat = seat;
    this.#stage = stage;
    this.#votes = seat.role !== 'secretariat';
  }

  connect(port: number): void {
    const origin = `http://127.0.0.1:${port}`;
    const headers = { Origin: origin, Cookie: `kensho-session=${this.seat.token}` };
    const count = () => ++this.#frames;
    this.#frames = 0;
    this.#sent = [];
    this.#left = MOST;
    class Counting extends NodeSocket {
      constructor(url: string) {
        super(url, { headers });
      }
      override send(data: Uint8Array): void {
        count();
        super.send(data);
      }
    }
    const name = opinionsDocument(this.#stage.itemId as ItemId);
    this.#provider = new WebsocketProvider(`ws://127.0.0.1:${port}/yjs`, name, this.doc, {
      disableBc: true,
      WebSocketPolyfill: Counting as unknown as typeof WebSocket,
      params: { schema: String(EDITOR_SCHEMA), client: String(this.doc.clientID) },
    });
    const { messageHandlers } = this.#provider;
    messageHandlers[MESSAGE.welcome] = () => undefined;
    messageHandlers[MESSAGE.nack] = () => undefined;
    messageHandlers[MESSAGE.ack] = (_, decoder) => {
      const upTo = decoding.readVarUint(decoder);
      const acked = this.#sent.filter(([frame]) => frame <= upTo);
      this.promised.push(...acked.map(([, word]) => word));
      this.#sent = this.#sent.filter(([frame]) => frame > upTo);
    };
    this.#socket = io(origin, {
      extraHeaders: headers,
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
      auth: { version: PROTOCOL_VERSION },
    });
    this.#socket.on('connect', () => this.#send());
  }

  get isReady(): boolean {
    return (this.#provider?.synced ?? false) && (this.#socket?.connected ?? false);
  }

  /** Nothing is on its way. */
  get isIdle(): boolean {
    return this.#vote === undefined && this.#sent.length === 0;
  }

  /** What the server has promised until now, words and ballots. */
  get answers(): number {
    return this.promised.length + this.answered.length;
  }

  /** The ballots that may stand in the file, as JSON: the last accepted, or the one on its way. */
  get possible(): readonly (string | undefined)[] {
    const open = this.#vote ? [JSON.stringify(this.#vote.choices)] : [];
    return [this.#last && JSON.stringify(this.#last), ...open];
  }

  /** Every word this page shows, its own unsent ones included. */
  get words(): string[] {
    return wordsOf(this.doc, this.#stage.headingId);
  }

  /** As fast as the server answers, with a few words and one ballot under way. */
  act(): void {
    if (!this.isReady || this.#left === 0) return;
    if (this.#votes && !this.#vote) this.#castVote();
    else if (this.#sent.length < 3) this.#type();
  }

  disconnect(): void {
    this.#provider?.destroy();
    this.#socket?.disconnect();
    this.#provider = undefined;
    this.#socket = undefined;
  }

  #type(): void {
    this.#left -= 1;
    const word = `${this.name}${this.#typed++};`;
    const before = this.#frames;
    this.doc.transact(() => {
      const bullet = new Y.XmlElement('bullet');
      bullet.insert(0, [new Y.XmlText(word)]);
      this.doc.getXmlFragment(this.#stage.headingId).push([bullet]);
    });
    if (this.#frames > before) this.#sent.push([this.#frames, word]);
  }

  #castVote(): void {
    this.#left -= 1;
    this.#cast += 1;
    const optionId = `effect-${1 + (this.#cast % 4)}` as OptionId;
    const choices = [{ criterionId: 'effect' as CriterionId, optionId }];
    this.#vote = { id: `vote-${this.name}-${this.#cast}` as CommandId, choices };
    this.#send();
  }

  /** Under the same id until it is answered. */
  #send(): void {
    const vote = this.#vote;
    if (!vote) return;
    const { meetingId, itemId, roundId } = this.#stage;
    const command = { type: 'castBallot', itemId, roundId, choices: vote.choices };
    this.#socket?.emit('command', { meetingId, id: vote.id, command }, (ack: Ack) => {
      if (this.#vote !== vote) return;
      this.answered.push({ id: vote.id, ack });
      if (ack.ok) this.#last = vote.choices;
      this.#vote = undefined;
    });
  }
}
