/**
 * `npm run test:long`: the same tests at the long size, hours instead of minutes. The first seed is
 * of today, so that every run looks elsewhere; `KENSHO_SEED=…` repeats one. Parameters go to vitest.
 */
import { run } from './process.ts';

process.env['KENSHO_LONG'] = '1';
process.env['KENSHO_SEED'] ??= String(Math.floor(Date.now() / 86_400_000) * 1_000_000);
process.stdout.write(`KENSHO_SEED=${process.env['KENSHO_SEED']}\n`);
process.exit(await run('vitest', ['run', ...process.argv.slice(2)]));
