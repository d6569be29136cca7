/** A server to be killed: the door on a real file, told through a pipe where it listens. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AccountId } from '#domain/types.ts';
import { openDatabase } from '../../server/db/database.ts';
import { seedOpinions } from '../../server/sync/opinions.ts';
import { createSync } from '../../server/sync/sync.ts';
import { headings } from './names.ts';

const sync = createSync({
  database: openDatabase(process.argv[2] ?? ''),
  clock: () => Date.now(),
  accessOf: (accountId) => ({
    access: 'write',
    user: { id: accountId, name: accountId, role: 'member' },
  }),
  seed: (_, doc) => {
    seedOpinions(doc, headings);
    return true;
  },
  limits: { messagesPerSecond: 1e6 },
});
const server = createServer();
server.on('upgrade', (request, socket, head) => {
  const accountId = (request.headers['x-account'] ?? '') as AccountId;
  sync.upgrade(request, socket, head, { accountId, sessionId: accountId });
});
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
