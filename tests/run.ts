/** `npm test`: the suites that need no page, then the production build and the browser. */
import { buildPages } from '../server/build.ts';
import { run } from './process.ts';

const first = await run('vitest', ['run']);
await buildPages();
const second = await run('playwright', ['test']);
process.exit(first === 0 && second === 0 ? 0 : 1);
