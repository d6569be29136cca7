/** `npm run check`: format, lint, types, unused code; all are run, the first failure decides. */
import { run } from './process.ts';

const checks = [
  ['svelte-kit', 'sync'],
  ['prettier', '--check', '--log-level', 'warn', '.'],
  ['svelte-check', '--tsconfig', './tsconfig.json', '--fail-on-warnings'],
  ['eslint', '--max-warnings', '0', '.'],
  ['knip'],
];

let failed = 0;
for (const [name, ...parameters] of checks) {
  if (name !== undefined && (await run(name, parameters)) !== 0) failed += 1;
}
process.exit(failed === 0 ? 0 : 1);
