/** `npm test`: the suites that need no page, then the production build and the browser. */
import { buildPages } from '../server/build.ts';
import { run } from './process.ts';

// The compiler settings of the pages are generated: a fresh copy has none yet.
await run('svelte-kit', ['sync']);
const first = await run('vitest', ['run']);
await buildPages();
const second = await run('playwright', ['test']);
process.exit(first === 0 && second === 0 ? 0 : 1);
