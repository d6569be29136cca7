/** Health and metrics over the real pages: who gets which answer. */
import { expect, test } from '@playwright/test';
import { enter, newSeat } from './person.ts';
import { startDemo } from './server.ts';

test('anybody may ask for health, only staff find the metrics', async ({ browser, request }) => {
  const demo = await startDemo();
  const health = await request.get(`${demo.url}/healthz`);
  expect([health.status(), await health.text()]).toEqual([200, 'ok\n']);
  expect((await request.get(`${demo.url}/metrics`)).status()).toBe(404);

  for (const [role, status] of [
    ['member', 404],
    ['secretariat', 200],
  ] as const) {
    const { page } = await newSeat(browser);
    await enter(page, demo.link(role));
    const answer = await page.request.get(`${demo.url}/metrics`);
    expect([role, answer.status()]).toEqual([role, status]);
    expect((await answer.text()).includes('kensho_connections{kind="socketio"}')).toBe(
      status === 200,
    );
  }
  const { ms, code } = await demo.stop();
  expect(code).toBe(0);
  expect(ms).toBeLessThan(1500);
});
