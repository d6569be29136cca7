/** The Yjs door with every check on; only the rates are opened, since no person writes that fast. */
import './report.js';
import { createServer } from 'node:http';
import type { AccountId } from '#domain/types.ts';
import { openDatabase } from '../../../server/db/database.ts';
import { createSync } from '../../../server/sync/sync.ts';

const sync = createSync({
  database: openDatabase(`${process.env['DATA']}/kensho.sqlite`),
  clock: () => Date.now(),
  accessOf: (accountId) => ({
    access: 'write',
    user: { id: accountId, name: accountId, role: 'member' },
  }),
  // The heading alone: the writers bring a bullet each, and so begin with what they find elsewhere.
  seed: (_, doc) => doc.getXmlFragment('results').length === 0,
  limits: { messagesPerSecond: 1e6, bytesPerSecond: 1e9, idleMs: 1000 },
});

let visitors = 0;
const server = createServer();
server.on('upgrade', (request, socket, head) => {
  const accountId = `account-${visitors++}` as AccountId;
  sync.upgrade(request, socket, head, { accountId, sessionId: accountId });
});
server.listen(Number(process.env['PORT']), '127.0.0.1', () => process.send?.('ready'));
