/** Hocuspocus with its SQLite extension, both as they ship. */
import './report.js';
import { SQLite } from '@hocuspocus/extension-sqlite';
import { Server } from '@hocuspocus/server';

const server = new Server({
  port: Number(process.env.PORT),
  address: '127.0.0.1',
  quiet: true,
  extensions: [new SQLite({ database: `${process.env.DATA}/hocuspocus.sqlite` })],
});
await server.listen();
process.send('ready');
