/** @y/websocket-server as it ships; with YPERSISTENCE it stores in y-leveldb. */
import './report.js';

process.env.HOST = '127.0.0.1';
const { log } = console;
console.log = (...words) => {
  if (String(words[0]).startsWith('running at')) process.send('ready');
  else log(...words);
};
await import('../node_modules/@y/websocket-server/src/server.js');
