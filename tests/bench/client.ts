/**
 * A raw WebSocket client that costs next to nothing, so that the servers are what is measured. It
 * writes Yjs updates without a Y.Doc: each edit is one letter behind the letter before.
 */
import { randomBytes, randomInt } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import * as encoding from 'lib0/encoding';
import { readEdit } from '../../server/sync/edit.ts';
import { EDITOR_SCHEMA } from '../../src/protocol/documents.ts';

/** How a server wraps the messages of y-protocols. */
export type Dialect = {
  path(room: string, client: number): string;
  /** Sent once before anything else. */
  hello(room: string): Uint8Array[];
  prefix(room: string): Uint8Array;
  /** What the server says when it has taken an edit; undefined: only the echo tells. */
  isAck: ((message: Buffer) => boolean) | undefined;
};

const varString = (text: string) =>
  encoding.encode((encoder) => encoding.writeVarString(encoder, text));

export const dialects = {
  kensho: {
    path: (room, client) => `/yjs/${room}?schema=${EDITOR_SCHEMA}&client=${client}`,
    hello: () => [],
    prefix: () => new Uint8Array(),
    isAck: (message) => message[0] === 100,
  },
  websocket: {
    path: (room) => `/${room}`,
    hello: () => [],
    prefix: () => new Uint8Array(),
    isAck: undefined,
  },
  hocuspocus: {
    path: () => '/',
    hello: (room) => [new Uint8Array([...varString(room), 2, 0, ...varString('token')])],
    prefix: varString,
    isAck: (message) => message[0] === 8,
  },
} satisfies Record<string, Dialect>;

const now = () => performance.now();

export class Client {
  readonly id = randomInt(1, 2 ** 32);
  readonly #dialect: Dialect;
  readonly #prefix: Uint8Array;
  readonly #socket: Socket;
  #rest: Buffer | undefined;
  #isOpen = false;
  #clock = 0;
  #sentFrames = 0;
  #frameOf: number[] = [];
  #acked = 0;
  /** Messages about this client's own edits that are under way. */
  readonly sentAt: number[] = [];
  isSynced = false;
  received = 0;
  onSynced: (() => void) | undefined;
  /** The number of own edits the server has answered, and how long the last of them took (ms). */
  onAnswered: ((count: number, took: number) => void) | undefined;
  /** The raw update, for the few clients that read it. */
  onUpdate: ((update: Uint8Array) => void) | undefined;

  constructor(port: number, room: string, dialect: Dialect) {
    this.#dialect = dialect;
    this.#prefix = dialect.prefix(room);
    this.#socket = connect(port, '127.0.0.1', () => {
      const key = randomBytes(16).toString('base64');
      this.#socket.write(
        `GET ${dialect.path(room, this.id)} HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n` +
          `Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\n\r\n`,
      );
    });
    this.#socket.setNoDelay(true);
    this.#socket.on('error', () => undefined);
    this.#socket.on('data', (data) => this.#read(data));
    this.#room = room;
  }

  readonly #room: string;

  close(): void {
    this.#socket.destroy();
  }

  get answered(): number {
    return this.#acked;
  }

  get written(): number {
    return this.sentAt.length;
  }

  /** Writes so many letters, each as an edit of its own, in one write to the socket. */
  write(count = 1): void {
    const frames: Uint8Array[] = [];
    for (let letter = 0; letter < count; letter++) {
      frames.push(this.#frame(this.#edit()));
      this.sentAt.push(now());
      this.#frameOf.push(this.#sentFrames);
    }
    this.#socket.write(frames.length === 1 ? (frames[0] as Uint8Array) : Buffer.concat(frames));
  }

  /** The number of own edits that a state of this client's clock contains. */
  static editsIn(clock: number): number {
    return Math.max(0, clock - 2);
  }

  #edit(): Uint8Array {
    return encoding.encode((encoder) => {
      encoding.writeVarUint(encoder, 0);
      encoding.writeVarUint(encoder, 2);
      encoding.writeVarUint8Array(encoder, this.#update());
    });
  }

  #update(): Uint8Array {
    return encoding.encode((encoder) => {
      const isFirst = this.#clock === 0;
      encoding.writeVarUint(encoder, 1);
      encoding.writeVarUint(encoder, isFirst ? 3 : 1);
      encoding.writeVarUint(encoder, this.id);
      encoding.writeVarUint(encoder, this.#clock);
      if (isFirst) {
        // A bullet, a text in it, a letter in that.
        encoding.writeUint8(encoder, 7);
        encoding.writeVarUint(encoder, 1);
        encoding.writeVarString(encoder, 'results');
        encoding.writeVarUint(encoder, 3);
        encoding.writeVarString(encoder, 'bullet');
        encoding.writeUint8(encoder, 7);
        this.#writeParent(encoder, 0);
        encoding.writeVarUint(encoder, 6);
        encoding.writeUint8(encoder, 4);
        this.#writeParent(encoder, 1);
        this.#clock = 3;
      } else {
        encoding.writeUint8(encoder, 0x84);
        encoding.writeVarUint(encoder, this.id);
        encoding.writeVarUint(encoder, this.#clock - 1);
        this.#clock++;
      }
      encoding.writeVarString(encoder, 'あ');
      encoding.writeVarUint(encoder, 0);
    });
  }

  #writeParent(encoder: encoding.Encoder, clock: number): void {
    encoding.writeVarUint(encoder, 0);
    encoding.writeVarUint(encoder, this.id);
    encoding.writeVarUint(encoder, clock);
  }

  /** A masked frame; the mask is zero, so that masking costs nothing here. */
  #frame(message: Uint8Array): Uint8Array {
    this.#sentFrames++;
    const length = this.#prefix.byteLength + message.byteLength;
    const wide = length > 125;
    const frame = new Uint8Array((wide ? 8 : 6) + length);
    frame[0] = 0x82;
    frame[1] = 0x80 | (wide ? 126 : length);
    if (wide) {
      frame[2] = length >> 8;
      frame[3] = length & 255;
    }
    frame.set(this.#prefix, wide ? 8 : 6);
    frame.set(message, (wide ? 8 : 6) + this.#prefix.byteLength);
    return frame;
  }

  #send(message: Uint8Array, raw = false): void {
    if (!raw) {
      this.#socket.write(this.#frame(message));
      return;
    }
    const keep = this.#prefix.byteLength;
    this.#socket.write(this.#frame(message.subarray(keep)));
  }

  #read(data: Buffer): void {
    let bytes = this.#rest ? Buffer.concat([this.#rest, data]) : data;
    this.#rest = undefined;
    if (!this.#isOpen) {
      const end = bytes.indexOf('\r\n\r\n');
      if (end < 0) {
        this.#rest = bytes;
        return;
      }
      this.#isOpen = true;
      bytes = bytes.subarray(end + 4);
      for (const hello of this.#dialect.hello(this.#room)) this.#send(hello, true);
      this.#send(new Uint8Array([0, 0, 1, 0]));
    }
    let at = 0;
    while (bytes.length - at >= 2) {
      let length = (bytes[at + 1] ?? 0) & 127;
      let start = at + 2;
      if (length === 126) {
        if (bytes.length < start + 2) break;
        length = bytes.readUInt16BE(start);
        start += 2;
      } else if (length === 127) {
        if (bytes.length < start + 8) break;
        length = Number(bytes.readBigUInt64BE(start));
        start += 8;
      }
      if (bytes.length < start + length) break;
      if ((bytes[at] ?? 0) === 0x82) this.#take(bytes.subarray(start, start + length));
      else if (((bytes[at] ?? 0) & 15) === 8) this.#socket.destroy();
      at = start + length;
    }
    if (at < bytes.length) this.#rest = bytes.subarray(at);
  }

  #take(whole: Buffer): void {
    this.received++;
    const message = this.#prefix.byteLength ? whole.subarray(this.#prefix.byteLength) : whole;
    const { isAck } = this.#dialect;
    if (isAck?.(message)) {
      this.#answered(this.#count(message));
      return;
    }
    const type = message[0];
    if (type !== 0 && type !== 4) return;
    if (message[1] === 0) this.#send(new Uint8Array([0, 1, 2, 0, 0]));
    if (message[1] === 1 && !this.isSynced) {
      this.isSynced = true;
      this.onSynced?.();
    }
    if (message[1] === 2 || message[1] === 1) {
      if (this.onUpdate) this.onUpdate(payloadOf(message));
      if (!isAck && message[1] === 2) this.#echo(message);
    }
  }

  /** How many own edits are answered with this ack: by its number, or it is one more. */
  #count(message: Buffer): number {
    if (message[0] !== 100) return this.#acked + (this.#isOwnAck() ? 1 : 0);
    const frame = readVarUint(message, 1)[0];
    let count = this.#acked;
    while (count < this.#frameOf.length && (this.#frameOf[count] ?? 0) <= frame) count++;
    return count;
  }

  #skipped = false;

  /** Hocuspocus also acknowledges the answer of the handshake. */
  #isOwnAck(): boolean {
    if (this.#skipped) return true;
    this.#skipped = true;
    return false;
  }

  #echo(message: Buffer): void {
    const [, payload] = readVarUint(message, 2);
    const [clients, structsAt] = readVarUint(message, payload);
    if (clients !== 1) return;
    const [structs, clientAt] = readVarUint(message, structsAt);
    const [client, clockAt] = readVarUint(message, clientAt);
    if (client !== this.id) return;
    const [clock] = readVarUint(message, clockAt);
    this.#answered(Client.editsIn(structs === 3 ? 3 : clock + structs));
  }

  #answered(count: number): void {
    if (count <= this.#acked) return;
    const took = now() - (this.sentAt[count - 1] ?? 0);
    const before = this.#acked;
    this.#acked = count;
    this.onAnswered?.(count - before, took);
  }
}

function payloadOf(message: Buffer): Uint8Array {
  const [length, start] = readVarUint(message, 2);
  return message.subarray(start, start + length);
}

function readVarUint(bytes: Uint8Array, at: number): [value: number, next: number] {
  let value = 0;
  let factor = 1;
  for (;;) {
    const byte = bytes[at++] ?? 0;
    value += (byte & 127) * factor;
    if (byte < 128) return [value, at];
    factor *= 128;
  }
}

/** How far an update brings each client: the end of its last struct. */
export function endsIn(update: Uint8Array): Map<number, number> {
  const ends = new Map<number, number>();
  for (const { client, clock, length } of readEdit(update).structs)
    ends.set(client, clock + length);
  return ends;
}
