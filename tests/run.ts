/** `npm test`: the suites that need no page while the pages are built, then the browser. */
import { buildPages } from '../server/build.ts';
import { run } from './process.ts';

// The compiler settings of the pages are generated: a fresh copy has none yet.
await run('svelte-kit', ['sync']);
const [first, built] = await Promise.all([
  run('vitest', ['run']),
  // What went wrong stands above; the suites run to their end all the same.
  buildPages().then(
    () => 0,
    () => 1,
  ),
]);
const second = built === 0 ? await run('playwright', ['test']) : 1;
process.exit(first === 0 && second === 0 ? 0 : 1);
