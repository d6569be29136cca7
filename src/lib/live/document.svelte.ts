/**
 * One Yjs document in one browser tab: what is on screen, what the server has stored, what waits.
 * Made in the browser only (`onMount`, `$effect`), ended with `destroy()`.
 */
import * as decoding from 'lib0/decoding';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import type { AccountId } from '#domain/types.ts';
import { EDITOR_SCHEMA, type DocumentName } from '#protocol/documents.ts';
import { ACCESS, CLOSE, MESSAGE, type Access, type NackCode } from '#protocol/sync.ts';
import { channelSocket, type Carrier } from './channel.ts';
import { openDrawer } from './drawer.ts';
import { peopleIn, type Person } from './presence.ts';
import { countingSocket } from './socket.ts';
import { Unsent } from './unsent.ts';

/** 保存済み, 保存中, 未送信 n件. The truth is the server's ack. */
export type Saved =
  | { readonly kind: 'saved' }
  | { readonly kind: 'saving' }
  | { readonly kind: 'unsent'; readonly count: number };

/** Why the server ended it, in codes; the page puts them into words. */
export type Refusal = NackCode | 'signed-out' | 'forbidden' | 'malformed';

export type LiveDocumentOptions = {
  readonly name: DocumentName;
  /** Unsent words are kept in this browser under account and document. */
  readonly accountId: AccountId;
  /** Where the server is, `ws:` or `wss:`; default: the page's own origin. */
  readonly origin?: string;
  /** The Socket.IO connection of the page, used where the network lets no WebSocket through. */
  readonly carrier?: Carrier;
};

/** An ack that takes longer means a line that is dead without knowing it (ms). */
const ACK_PATIENCE = 6_000;
/** Before asking again after a refusal that passes by itself (ms). */
const RETRY = 1_500;
/** So many refused WebSockets are no accident. */
const REFUSALS = 2;
const restored = Symbol('restored');

export class LiveDocument {
  readonly name: DocumentName;
  readonly doc = new Y.Doc();
  /** For the caret of the editor; `user` in what others see of it is written by the server. */
  readonly awareness: WebsocketProvider['awareness'];

  connection = $state<'connected' | 'reconnecting' | 'offline'>('reconnecting');
  /** 'polling': the network lets no WebSocket through, everything goes a slower way. */
  transport = $state<'websocket' | 'polling'>('websocket');
  /** False until the server's state has been seen once on this page. */
  synced = $state(false);
  access = $state<Access>('none');
  saved = $state.raw<Saved>({ kind: 'saved' });
  people = $state.raw<readonly Person[]>([]);
  /** Set when the server refused for good: the text stays on screen, to be copied. */
  refusal = $state<Refusal | undefined>(undefined);
  /** The page is older than the server (or than a restored backup): reload it. */
  outdated = $state(false);

  #provider: WebsocketProvider;
  #unsent = new Unsent(() => this.#showSaved());
  #carrier: Carrier | undefined;
  /** Lines that ended before they were open, one after another. */
  #refusals = 0;
  #self: string | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #patience: ReturnType<typeof setTimeout> | undefined;
  #isDestroyed = false;

  constructor({ name, accountId, origin = pageOrigin(), carrier }: LiveDocumentOptions) {
    this.name = name;
    this.#carrier = carrier;
    // Before the provider's own listener: an update must be known when its frame leaves.
    this.doc.on('update', (update: Uint8Array, source: unknown) => {
      if (source !== this.#provider && source !== restored) this.#unsent.add(update);
    });
    this.#provider = new WebsocketProvider(`${origin}/yjs`, name, this.doc, {
      connect: false,
      disableBc: true,
      maxBackoffTime: 1_500 + Math.random() * 1_000,
      shouldReconnect: ({ code }) => this.#afterClose(code),
      WebSocketPolyfill: this.#counting(WebSocket),
    });
    this.awareness = this.#provider.awareness;
    this.#listen();
    void this.#open(`${accountId}/${name}`);
  }

  /** Something typed here is not stored by the server: warn before leaving. */
  get hasUnsent(): boolean {
    return this.saved.kind !== 'saved';
  }

  /** Tries again what was refused, for example after an item was opened again. */
  retry(): void {
    this.refusal = undefined;
    this.connection = 'reconnecting';
    this.#reconnect();
  }

  /** Forgets what this browser kept of the refused text; reload the page after it. */
  discard(): void {
    this.#unsent.discard();
  }

  destroy(): void {
    this.#isDestroyed = true;
    removeEventListener('online', this.#comeBack);
    removeEventListener('offline', this.#goOffline);
    document.removeEventListener('visibilitychange', this.#comeBack);
    clearTimeout(this.#retry);
    this.#calmDown();
    this.#provider.destroy();
    this.#unsent.close();
    this.doc.destroy();
  }

  async #open(place: string): Promise<void> {
    const drawer = await openDrawer(place);
    if (this.#isDestroyed) return drawer.close();
    this.#unsent.useDrawer(drawer);
    const clients = [this.doc.clientID];
    for (const { update } of drawer.kept) {
      for (const { id } of Y.decodeUpdate(update).structs) {
        if (!clients.includes(id.client)) clients.push(id.client);
      }
      Y.applyUpdate(this.doc, update, restored);
    }
    this.#provider.params = { schema: String(EDITOR_SCHEMA), client: [...clients].join() };
    if (navigator.onLine) this.#provider.connect();
    else this.connection = 'offline';
  }

  #counting(Plain: typeof WebSocket): typeof WebSocket {
    return countingSocket(Plain, {
      client: this.doc.clientID,
      sentAll: (frame) => this.#unsent.sentAll(frame),
      sentOne: (frame) => this.#unsent.sent(frame),
    });
  }

  /** The server can be reached, only not by WebSocket: from now on by what reaches it. */
  #countRefusal(): void {
    if (!this.#carrier?.connected || this.transport === 'polling') return;
    if (++this.#refusals < REFUSALS) return;
    this.transport = 'polling';
    let channel = Math.floor(Math.random() * 2 ** 40);
    // The provider takes its socket class from here whenever it connects.
    this.#provider._WS = this.#counting(channelSocket(this.#carrier, () => channel++));
  }

  #listen(): void {
    const provider = this.#provider;
    provider.on('connection-close', () => {
      if (this.connection !== 'connected') this.#countRefusal();
    });
    provider.on('status', ({ status }) => {
      if (status === 'connected') {
        this.connection = 'connected';
        this.#refusals = 0;
      }
      if (status === 'disconnected') this.#loseLine();
    });
    provider.on('sync', (isSynced) => {
      if (isSynced) this.synced = true;
    });
    provider.awareness.on('change', () => this.#showPeople());
    const { messageHandlers } = provider;
    messageHandlers[MESSAGE.welcome] = (_, decoder) => {
      this.#welcome(decoding.readVarUint(decoder), decoding.readVarString(decoder));
    };
    messageHandlers[MESSAGE.ack] = (_, decoder) => {
      this.#calmDown();
      this.#unsent.acknowledged(decoding.readVarUint(decoder));
    };
    messageHandlers[MESSAGE.nack] = (_, decoder) => {
      this.#refused(decoding.readVarUint(decoder), decoding.readVarString(decoder) as NackCode);
    };
    addEventListener('online', this.#comeBack);
    addEventListener('offline', this.#goOffline);
    document.addEventListener('visibilitychange', this.#comeBack);
  }

  #welcome(access: number, self: string): void {
    this.access = ACCESS[access] ?? 'none';
    const user = JSON.parse(self) as { id: string };
    this.#self = user.id;
    // A new state, and so a new clock: others ignore one they saw before the line broke.
    this.awareness.setLocalStateField('user', user);
  }

  #refused(frame: number, code: NackCode): void {
    this.#unsent.refused(frame);
    if (code === 'gap') return; // the server asks for what it lacks
    if (code === 'not-stored') return this.#retrySoon();
    this.#giveUp(code);
  }

  /** Asks for the server's state, which makes the server ask for ours. */
  #retrySoon(): void {
    this.#retry ??= setTimeout(() => {
      this.#retry = undefined;
      this.#reconnect();
    }, RETRY);
    this.#showSaved();
  }

  #afterClose(code: number): boolean {
    switch (code) {
      case CLOSE.outdated:
        this.outdated = true;
        return false;
      case CLOSE.signedOut:
        return this.#giveUp('signed-out');
      case CLOSE.forbidden:
        this.access = 'none';
        return this.#giveUp('forbidden');
      case CLOSE.malformed:
        return this.#giveUp('malformed');
      case CLOSE.tooLong:
        return this.#giveUp('too-large');
      case CLOSE.tooMany:
        this.#retrySoon();
        return false;
      default:
        return true;
    }
  }

  #giveUp(code: Refusal): false {
    this.refusal = code;
    this.#provider.disconnect();
    this.connection = 'offline';
    this.#showSaved();
    return false;
  }

  #comeBack = (): void => {
    if (document.visibilityState === 'hidden' || !navigator.onLine) return;
    if (!this.#provider.wsconnected) this.#reconnect();
  };

  #goOffline = (): void => {
    this.#provider.disconnect();
    this.connection = 'offline';
    this.#showSaved();
  };

  #reconnect(): void {
    this.#calmDown();
    if (this.refusal || this.outdated || this.#isDestroyed) return;
    this.#provider.disconnect();
    this.#provider.connect();
  }

  #loseLine(): void {
    // The provider has let the others go but remembers their clocks: with those it would ignore
    // them when they are told again, and the room would look empty until each of them moves.
    const { meta, clientID } = this.awareness;
    for (const id of meta.keys()) if (id !== clientID) meta.delete(id);
    this.connection = navigator.onLine && !this.refusal ? 'reconnecting' : 'offline';
    this.#unsent.lineLost();
  }

  #showSaved(): void {
    const { count } = this.#unsent;
    const isMoving = this.connection === 'connected' && !this.#retry && !this.refusal;
    if (count === 0) this.saved = { kind: 'saved' };
    else this.saved = isMoving ? { kind: 'saving' } : { kind: 'unsent', count };
    if (count === 0 || !isMoving) this.#calmDown();
    else this.#patience ??= setTimeout(() => this.#reconnect(), ACK_PATIENCE);
  }

  #calmDown(): void {
    clearTimeout(this.#patience);
    this.#patience = undefined;
  }

  #showPeople(): void {
    this.people = peopleIn(this.awareness.getStates(), this.#self);
  }
}

const pageOrigin = () => location.origin.replace(/^http/, 'ws');
