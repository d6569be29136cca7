/**
 * `npm run test:long`: the same tests at the long size, hours instead of minutes, then the browser
 * tests tagged @long. The first seed is of today, so that every run looks elsewhere; `KENSHO_SEED=…`
 * repeats one. Parameters go to vitest, which then runs alone.
 */
import { buildPages } from '../server/build.ts';
import { run } from './process.ts';

process.env['KENSHO_LONG'] = '1';
process.env['KENSHO_SEED'] ??= String(Math.floor(Date.now() / 86_400_000) * 1_000_000);
process.stdout.write(`KENSHO_SEED=${process.env['KENSHO_SEED']}\n`);
const chosen = process.argv.slice(2);
if (chosen.length > 0) process.exit(await run('vitest', ['run', ...chosen]));

await run('svelte-kit', ['sync']);
await buildPages();
const first = await run('vitest', ['run']);
const second = await run('playwright', ['test', '--grep', '@long']);
process.exit(first === 0 && second === 0 ? 0 : 1);
