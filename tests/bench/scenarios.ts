/** What is measured: each scenario starts from a fresh server and answers with named figures. */
import { castAtOnce } from './casts.ts';
import { Client, endsIn } from './client.ts';
import { roomName, Server, type Kind } from './server.ts';

export type Figures = Record<string, number | undefined>;
export type Scenario = (server: Server) => Promise<Figures>;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const now = () => performance.now();

function quantile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

async function join(server: Server, room: string, count: number): Promise<Client[]> {
  const clients: Client[] = [];
  for (let first = 0; first < count; first += 25) {
    const some = Array.from(
      { length: Math.min(25, count - first) },
      () => new Client(server.port, room, server.dialect),
    );
    await Promise.all(some.map((client) => new Promise<void>((done) => (client.onSynced = done))));
    clients.push(...some);
  }
  return clients;
}

/** Times from an edit to the moment a reader has it. */
function watch(readers: readonly Client[], writers: readonly Client[]): number[] {
  const times: number[] = [];
  const byId = new Map(writers.map((writer) => [writer.id, writer]));
  for (const reader of readers) {
    const seen = new Map(writers.map((writer) => [writer.id, writer.written]));
    reader.onUpdate = (update) => {
      const at = now();
      for (const [id, end] of endsIn(update)) {
        const writer = byId.get(id);
        if (!writer) continue;
        const edits = Client.editsIn(end);
        for (let edit = seen.get(id) ?? 0; edit < edits; edit++) {
          times.push(at - (writer.sentAt[edit] ?? at));
        }
        seen.set(id, Math.max(edits, seen.get(id) ?? 0));
      }
    };
  }
  return times;
}

/** Everybody writes at this rate, out of step with each other. */
async function write(writers: readonly Client[], perSecond: number, ms: number): Promise<number> {
  const gap = 1000 / perSecond;
  const start = now();
  const timers = writers.map((writer, index) => {
    let next = start + (index / writers.length) * gap;
    return { writer, due: () => next, done: () => (next += gap) };
  });
  let edits = 0;
  while (now() - start < ms) {
    const at = now();
    for (const { writer, due, done } of timers) {
      if (due() > at) continue;
      writer.write();
      done();
      edits++;
    }
    await pause(1);
  }
  return edits;
}

async function steady(
  server: Server,
  rooms: readonly { writers: Client[]; readers: Client[] }[],
  rate: number,
  ms: number,
): Promise<Figures> {
  const writers = rooms.flatMap((room) => room.writers);
  await write(writers, rate, 1500);
  await pause(200);
  const times = rooms.map((room) => watch(room.readers, room.writers));
  const cpu = await server.cpu();
  const edits = await write(writers, rate, ms);
  await pause(100);
  const used = (await server.cpu()) - cpu;
  const all = times.flat();
  return {
    'CPU ms per 1,000 edits': (used / edits) * 1000,
    'p50 ms': quantile(all, 0.5),
    'p99 ms': quantile(all, 0.99),
  };
}

export const scenarios = {
  async 'saturation: 50 clients, one document'(server) {
    const clients = await join(server, roomName(server.kind, 1), 50);
    let best: Figures = {};
    for (const window of [1, 4, 16, 64]) {
      const times: number[] = [];
      let answered = 0;
      let isRunning = true;
      for (const client of clients) {
        client.onAnswered = (count, took) => {
          answered += count;
          times.push(took);
          if (isRunning) client.write(count);
        };
      }
      for (const client of clients) client.write(window);
      await pause(1000);
      const [before, start, cpu] = [answered, now(), await server.cpu()];
      times.length = 0;
      await pause(2500);
      const rate = ((answered - before) / (now() - start)) * 1000;
      const p99 = quantile(times, 0.99);
      const share = ((await server.cpu()) - cpu) / (now() - start);
      isRunning = false;
      const patience = now() + 5000;
      while (clients.some((client) => client.answered < client.written) && now() < patience) {
        await pause(10);
      }
      if (p99 < 200 && rate > (best['edits/s'] ?? 0)) {
        best = { 'edits/s': rate, 'p99 ms': p99, window, 'server busy %': share * 100 };
      }
    }
    return best;
  },

  async '50 writers at 5/s, 300 readers'(server) {
    const everybody = await join(server, roomName(server.kind, 1), 350);
    const [writers, readers] = [everybody.slice(0, 50), everybody.slice(50)];
    return steady(server, [{ writers, readers: readers.slice(0, 5) }], 5, 8000);
  },

  async '5 writers at 5/s, 20 readers'(server) {
    const everybody = await join(server, roomName(server.kind, 1), 25);
    const [writers, readers] = [everybody.slice(0, 5), everybody.slice(5)];
    return steady(server, [{ writers, readers: readers.slice(0, 5) }], 5, 8000);
  },

  async '50 rooms of 15, 0.5/s each'(server) {
    const rooms = [];
    for (let room = 0; room < 50; room++) {
      const writers = await join(server, roomName(server.kind, room), 15);
      rooms.push({ writers, readers: writers.slice(0, 1) });
    }
    return steady(server, rooms, 0.5, 8000);
  },

  async '100 join a document of 20,000 edits'(server) {
    await fill(server, 20_000);
    const cpu = await server.cpu();
    const start = now();
    const joining = Array.from(
      { length: 100 },
      () => new Client(server.port, roomName(server.kind, 1), server.dialect),
    );
    await Promise.all(
      joining.map((client) => new Promise<void>((done) => (client.onSynced = done))),
    );
    const took = now() - start;
    await pause(300);
    return { 'last synced ms': took, 'CPU ms': (await server.cpu()) - cpu };
  },

  async 'cold first join of 20,000 edits'(server) {
    if (!server.stores) return {};
    const clients = await fill(server, 20_000);
    for (const client of clients) client.close();
    await pause(2000); // Hocuspocus stores when the last one leaves
    await server.kill();
    await server.start();
    const start = now();
    await join(server, roomName(server.kind, 1), 1);
    return { 'synced ms': now() - start };
  },

  async '1,000 documents opened and closed'(server) {
    // What the first documents compile is code, and no part of the others.
    await closeAll(await openEach(server, 'warm', 250));
    const before = await server.heap();
    const clients = await openEach(server, 'one', 1000);
    const open = await server.heap();
    await closeAll(clients);
    const closed = await server.heap();
    return {
      'KiB per open document': (open - before) / 1000 / 1024,
      'KiB left after closing': (closed - before) / 1000 / 1024,
    };
  },

  'kill -9 at 50 edits/s': (server) => killed(server, 50),
  'kill -9 at 500 edits/s': (server) => killed(server, 500),

  '1,000 casts in one ballot': castAtOnce,
} satisfies Record<string, Scenario>;

/** So many documents, each with somebody in it who wrote five letters. */
async function openEach(server: Server, name: string, count: number): Promise<Client[]> {
  const clients: Client[] = [];
  for (let room = 0; room < count; room++) {
    const [client] = (await join(server, roomName(server.kind, `${name}-${room}`), 1)) as [Client];
    client.write(5);
    clients.push(client);
  }
  await pause(500);
  return clients;
}

/** Waits until even a server that stores late has given up the documents. */
async function closeAll(clients: readonly Client[]): Promise<void> {
  for (const client of clients) client.close();
  await pause(4000);
}

/** Ten writers leave so many edits in the document; they stay connected. */
async function fill(server: Server, edits: number): Promise<Client[]> {
  const writers = await join(server, roomName(server.kind, 1), 10);
  const answered = writers.map(
    (writer) =>
      new Promise<void>((done) => {
        let left = edits / writers.length;
        writer.onAnswered = (count) => {
          left -= count;
          if (left <= 0) done();
          else writer.write(Math.min(count, edits / writers.length - writer.written));
        };
        writer.write(20);
      }),
  );
  await Promise.all(answered);
  for (const writer of writers) writer.onAnswered = undefined;
  return writers;
}

/** Edits that another client had seen or that were answered, and that are gone after a kill. */
async function killed(server: Server, perSecond: number): Promise<Figures> {
  if (!server.stores) return {};
  const room = roomName(server.kind, 1);
  const everybody = await join(server, room, 11);
  const [reader, writers] = [everybody[0] as Client, everybody.slice(1)];
  const promised = new Map<number, number>();
  const promise = (id: number, edits: number) =>
    promised.set(id, Math.max(edits, promised.get(id) ?? 0));
  reader.onUpdate = (update) => {
    for (const [id, end] of endsIn(update)) promise(id, Client.editsIn(end));
  };
  for (const writer of writers) {
    writer.onAnswered = () => promise(writer.id, writer.answered);
  }
  await write(writers, perSecond / writers.length, 3000 + Math.random() * 1000);
  await server.kill();
  for (const client of everybody) client.close();
  await server.start();
  const found = new Map<number, number>();
  const heir = new Client(server.port, room, server.dialect);
  heir.onUpdate = (update) => {
    for (const [id, end] of endsIn(update)) found.set(id, Client.editsIn(end));
  };
  await pause(1500);
  let lost = 0;
  for (const [id, edits] of promised) lost += Math.max(0, edits - (found.get(id) ?? 0));
  return { 'edits lost': lost };
}

export type ScenarioName = keyof typeof scenarios;
export const only = (kind: Kind, name: ScenarioName) =>
  !(kind === 'y-websocket' && name.startsWith('kill')) &&
  !(kind !== 'kensho' && name.includes('casts'));
