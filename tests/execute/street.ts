/** A house with a door to the street: a real http server, and browsers' sockets in front of it. */
import { createServer, request, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PROTOCOL_VERSION } from '#protocol/version.ts';
import { io, type ManagerOptions, type Socket, type SocketOptions } from 'socket.io-client';
import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import type { Ack } from '#protocol/ack.ts';
import { audienceOf } from '#protocol/view.ts';
import { EDITOR_SCHEMA, VIEW_ROOT, viewDocument, type DocumentName } from '#protocol/documents.ts';
import { MESSAGE } from '#protocol/sync.ts';
import { House, SampleMeeting, type Guest } from './house.ts';

export class Street {
  readonly house: House;
  readonly server: Server;
  readonly port: number;

  private constructor(house: House, server: Server) {
    this.house = house;
    this.server = server;
    this.port = (server.address() as AddressInfo).port;
  }

  static async open(house = new House()): Promise<Street> {
    const server = createServer((_, response) => response.writeHead(404).end());
    house.app.attach(server, { others: 'refuse' });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    // Runs before the house closes its file: what is finished last was made first.
    onTestFinished(async () => {
      await house.app.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    });
    return new Street(house, server);
  }

  /** A street with the sample meeting in its house. */
  static async withMeeting(): Promise<{ street: Street; meeting: SampleMeeting }> {
    const street = await Street.open();
    return { street, meeting: await SampleMeeting.open(street.house) };
  }

  get origin(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  headers(token: string | undefined, origin: string | undefined = this.origin) {
    return {
      ...(origin === undefined ? {} : { Origin: origin }),
      ...(token === undefined ? {} : { Cookie: `other=1; kensho-session=${token}` }),
    };
  }

  /** A Socket.IO client as a browser has it; not connected yet. */
  socket(
    headers: Readonly<Record<string, string>>,
    options: Partial<ManagerOptions & SocketOptions> = {},
  ): Socket {
    const socket = io(this.origin, {
      extraHeaders: { ...headers },
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
      autoConnect: false,
      auth: { version: PROTOCOL_VERSION },
      ...options,
    });
    onTestFinished(() => void socket.disconnect());
    return socket;
  }

  async connect(
    guest: Pick<Guest, 'token'>,
    options: Partial<ManagerOptions & SocketOptions> = {},
  ): Promise<Socket> {
    const socket = this.socket(this.headers(guest.token), options);
    const opened = once(socket, 'connect');
    socket.connect();
    await opened;
    return socket;
  }

  /** A Yjs document as a page has it, once the server's state is there. */
  async document(guest: Pick<Guest, 'token'>, name: DocumentName): Promise<Page> {
    const page = new Page(this, guest, name);
    await page.synced;
    return page;
  }

  view(guest: Guest, meeting: SampleMeeting): Promise<Page> {
    const seat = meeting.state.participants.find(({ id }) => id === guest.seat);
    if (!seat) throw new Error('no seat');
    return this.document(guest, viewDocument(meeting.id, audienceOf(meeting.state, seat)));
  }

  /** A bare HTTP request; the status and the body of its answer. */
  http(
    path: string,
    options: { method?: string; headers?: Record<string, string>; body?: string } = {},
  ): Promise<{ status: number; body: string }> {
    return new Promise((resolve, reject) => {
      const sent = request(
        { host: '127.0.0.1', port: this.port, path, agent: false, ...options },
        (answer) =>
          void bodyOf(answer).then((body) => resolve({ status: answer.statusCode ?? 0, body })),
      );
      sent.on('upgrade', (answer, socket) => {
        socket.destroy();
        resolve({ status: answer.statusCode ?? 0, body: '' });
      });
      sent.on('error', reject);
      sent.end(options.body);
    });
  }
}

async function bodyOf(answer: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of answer) text += String(chunk);
  return text;
}

/** The next time a socket tells of something. */
export const once = (socket: Socket, event: string): Promise<unknown> =>
  new Promise((resolve) => {
    socket.once(event, (value: unknown) => resolve(value));
  });

/** The answer to an event of a socket. */
export const ask = (socket: Socket, event: string, ...payload: unknown[]): Promise<Ack> =>
  new Promise((resolve) => {
    socket.emit(event, ...payload, (ack: Ack) => resolve(ack));
  });

/** One document in one browser. */
export class Page {
  readonly doc = new Y.Doc();
  readonly synced: Promise<void>;
  readonly #provider: WebsocketProvider;
  readonly #waiting: (() => void)[] = [];

  constructor(street: Street, { token }: Pick<Guest, 'token'>, name: DocumentName) {
    const headers = street.headers(token);
    const Polyfill = class extends WebSocket {
      constructor(url: string | URL, protocols?: string | string[]) {
        super(url, protocols, { headers });
      }
    };
    this.#provider = new WebsocketProvider(`ws://127.0.0.1:${street.port}/yjs`, name, this.doc, {
      disableBc: true,
      params: { schema: String(EDITOR_SCHEMA), client: String(this.doc.clientID) },
      WebSocketPolyfill: Polyfill as unknown as typeof globalThis.WebSocket,
    });
    this.#provider.messageHandlers[MESSAGE.ack] = () => {
      for (const resolve of this.#waiting.splice(0)) resolve();
    };
    this.#provider.messageHandlers[MESSAGE.welcome] = () => undefined;
    this.#provider.messageHandlers[MESSAGE.nack] = () => undefined;
    this.synced = new Promise((resolve) => {
      this.#provider.on('sync', (isSynced) => {
        if (isSynced) resolve();
      });
    });
    onTestFinished(() => this.#provider.destroy());
  }

  /** The entries of a view as this browser holds them. */
  get entries(): Readonly<Record<string, unknown>> {
    return this.doc.getMap(VIEW_ROOT).toJSON();
  }

  /** Once an update makes `met` true; at once when it is true already. */
  until(met: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (!met()) return;
        this.doc.off('update', look);
        resolve();
      };
      this.doc.on('update', look);
      look();
    });
  }

  /** Tells once when the line to the server has ended. */
  closed(told: () => void): void {
    this.#provider.once('connection-close', told);
  }

  /** As a page does that is told that something could not be stored. */
  reconnect(): void {
    this.#provider.disconnect();
    this.#provider.connect();
  }

  /** Writes into the first bullet of a heading; done when the server has stored it. */
  async type(headingId: string, text: string): Promise<void> {
    const stored = new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.doc.transact(() => {
      const bullet = this.doc.getXmlFragment(headingId).get(0);
      if (!(bullet instanceof Y.XmlElement)) throw new Error('no bullet to type into');
      const known = bullet.get(0);
      const line = known instanceof Y.XmlText ? known : new Y.XmlText();
      if (line !== known) bullet.insert(0, [line]);
      line.insert(line.length, text);
    });
    await stored;
  }
}
