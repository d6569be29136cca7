/** A staff network whose proxy refuses every WebSocket: the meeting goes by long polling, all of it. */
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@playwright/test';
import { conduct, enter, expectSaved, heading, newSeat, vote, write } from './person.ts';
import { startDemo } from './server.ts';

/** Passes requests on as they are and answers every upgrade with 403. */
async function startProxy(
  target: URL,
): Promise<{ url: string; refused: () => number; server: Server }> {
  let refused = 0;
  const server = createServer((incoming, outgoing) => {
    const { method, headers, url: path } = incoming;
    const onward = request({ host: '127.0.0.1', port: target.port, method, headers, path });
    onward.on('response', (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    outgoing.on('close', () => onward.destroy());
    incoming.pipe(onward);
  });
  server.on('upgrade', (_, socket) => {
    refused += 1;
    socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://localhost:${port}`, refused: () => refused, server };
}

test('a meeting where no WebSocket gets through', async ({ browser }) => {
  const demo = await startDemo();
  const proxy = await startProxy(new URL(demo.url));
  const link = (role: string) => demo.link(role).replace(demo.url, proxy.url);
  const chair = await newSeat(browser);
  const member = await newSeat(browser);
  await enter(chair.page, link('chair'));
  await enter(member.page, link('member'));
  await expect(member.page.getByRole('status').filter({ hasText: '低速' }).first()).toBeVisible();
  expect(proxy.refused()).toBeGreaterThan(0);

  await conduct(chair.page, '会議を開く');
  await conduct(chair.page, 'この議題を始める');
  await write(member.page, '【R6実績について】', '迂回しても届く。');
  await expectSaved(member.page);
  await expect(heading(chair.page, '【R6実績について】')).toContainText('迂回しても届く。');
  await conduct(chair.page, '投票を始める');
  await vote(member.page, '地方創生に効果があった');
  await expect(chair.page.getByText('5人中1人が投票').first()).toBeVisible();
  await conduct(chair.page, '投票を締め切る');
  await conduct(chair.page, '結果を表示する');
  await conduct(chair.page, '評価を確定する');
  await expect(member.page.getByText('この議題は確定済み').first()).toBeVisible();

  await chair.close();
  await member.close();
  proxy.server.closeAllConnections();
  proxy.server.close();
  await demo.stop();
});
