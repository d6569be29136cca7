/**
 * A door for commands typed on the same machine: the running server listens on the loopback address
 * at a port of its own and writes that port and a secret into the data folder, readable by its owner
 * only (docs/decisions/0010). Whoever can read that file could read the database as well.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import {
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, request, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { parseDocumentName } from '#protocol/documents.ts';
import type { Database } from './db/database.ts';
import { listDocuments } from './db/document.ts';
import type { Sync } from './sync/seams.ts';

/** What may be asked, and what is answered. */
export type Controls = {
  /** Copies the database, on the connection that writes it, into a file that does not exist yet. */
  backup(file: string): Promise<void>;
  inspect(): Promise<Inspection>;
};

/** What only the running server knows about itself. */
export type Inspection = {
  readonly pragmas: Readonly<Record<string, string | number>>;
  /** Open documents whose memory, log and snapshot do not agree, and in what. */
  readonly differing: readonly { readonly document: string; readonly difference: string }[];
  /** How many documents were looked at. */
  readonly documents: number;
};

export type Control = { close(): void };

const fileIn = (dataDir: string): string => join(dataDir, 'kensho.control');
const LIMIT = 8 * 1024;

export async function openControl(dataDir: string, controls: Controls): Promise<Control> {
  const secret = randomBytes(32).toString('hex');
  const server = createServer((incoming, response) => {
    answer(incoming, secret, controls).then(
      (value) => response.end(JSON.stringify(value ?? null)),
      (error: unknown) => {
        response.statusCode = error instanceof Unknown ? 404 : 500;
        // For the person at the keyboard of this machine, who may read everything anyway.
        response.end(JSON.stringify({ error: error instanceof Error ? error.message : '' }));
      },
    );
  });
  await listen(server);
  const { port } = server.address() as AddressInfo;
  const file = fileIn(dataDir);
  // Never half a file, and never one that others may read for a moment.
  writeFileSync(`${file}.new`, JSON.stringify({ port, secret }), { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return {
    close() {
      rmSync(file, { force: true });
      server.close();
      server.closeAllConnections();
    },
  };
}

/** What the running server does for the commands. */
export function createControls(
  database: Pick<Database, 'read' | 'pragmas' | 'backup'>,
  sync: Pick<Sync, 'check' | 'present'>,
): Controls {
  return {
    async backup(file) {
      // Made here first, so that nobody but the owner can read it at any moment.
      closeSync(openSync(file, 'wx', 0o600));
      await database.backup(file);
    },
    async inspect() {
      const differing = [];
      let documents = 0;
      for (const name of listDocuments(database.read)) {
        const ref = parseDocumentName(name);
        if (!ref || sync.present(ref.name).length === 0) continue;
        documents += 1;
        const difference = sync.check(ref.name);
        if (difference) differing.push({ document: name, difference });
        // A person typing in the next document should not notice.
        await new Promise(setImmediate);
      }
      return { pragmas: database.pragmas(), documents, differing };
    },
  };
}

class Unknown extends Error {}

function listen(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
}

async function answer(incoming: IncomingMessage, secret: string, controls: Controls) {
  const given = Buffer.from(incoming.headers.authorization ?? '');
  const wanted = Buffer.from(`Bearer ${secret}`);
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) throw new Unknown();
  const text = await bodyOf(incoming);
  switch (incoming.url) {
    case '/backup':
      return controls.backup((JSON.parse(text) as { file: string }).file);
    case '/inspect':
      return controls.inspect();
    default:
      throw new Unknown();
  }
}

async function bodyOf(incoming: IncomingMessage, limit = LIMIT): Promise<string> {
  let text = '';
  for await (const chunk of incoming) {
    text += String(chunk);
    if (text.length > limit) throw new Unknown();
  }
  return text;
}

/**
 * The controls of the server that uses a folder.
 * @throws when there is none to be reached, or with its own words when it could not do what was asked
 */
export function callControl(dataDir: string): Controls {
  const file = fileIn(dataDir);
  const text = existsSync(file) ? readFileSync(file, 'utf8') : null;
  if (text === null) throw new Error(`the server that uses ${dataDir} has left no ${file}`);
  const { port, secret } = JSON.parse(text) as { port: number; secret: string };
  const call = (path: string, body: object): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const headers = { Authorization: `Bearer ${secret}` };
      const sent = request(
        { host: '127.0.0.1', port, path, method: 'POST', headers, agent: false },
        (response) => {
          bodyOf(response, Infinity).then((text) => {
            const value: unknown = JSON.parse(text);
            if (response.statusCode === 200) resolve(value);
            else reject(new Error((value as { error: string }).error || 'refused'));
          }, reject);
        },
      );
      sent.on('error', reject);
      sent.end(JSON.stringify(body));
    });
  return {
    backup: async (file) => void (await call('/backup', { file })),
    inspect: async () => (await call('/inspect', {})) as Inspection,
  };
}
