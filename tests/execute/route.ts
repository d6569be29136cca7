/** The pages and files of `src/routes` as a test asks for them: their own load functions, on a real house. */
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isHttpError, isRedirect } from '@sveltejs/kit';
import { unzipSync } from 'fflate';
import type { SignedIn } from '../../server/seams.ts';
import type { House } from './house.ts';

const root = join(import.meta.dirname, '../../src/routes');
const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).map((name) =>
  name.replaceAll('\\', '/'),
);

type Load = (event: object) => unknown;
type Module = { readonly load?: Load; readonly GET?: Load };

export const routes: readonly string[] = [
  ...new Set(files.filter((file) => /\+(page\.svelte|server\.ts)$/.test(file)).map(dirname)),
].sort();

/** What is called for a GET of a route, outermost first. */
async function loadsOf(route: string): Promise<readonly Load[]> {
  const parts = route === '.' ? [] : route.split('/');
  const folders = parts.map((_, index) => parts.slice(0, index + 1).join('/'));
  const wanted = ['', ...folders].map((folder) => join(folder, '+layout.server.ts'));
  const own = [join(route, '+page.server.ts'), join(route, '+server.ts')];
  const found = [...wanted, ...own].filter((file) => files.includes(file));
  const modules = await Promise.all(
    found.map(async (file) => (await import(join(root, file))) as Module),
  );
  return modules.flatMap(({ load, GET }) => load ?? GET ?? []);
}

export type Visit = {
  readonly house: House;
  readonly params: Readonly<Record<string, string>>;
  readonly person: SignedIn | null;
  /** Behind the question mark. */
  readonly query?: string;
};

/** `mark`: ● 200, × 403, - 404, ! 409, → to the sign-in, ↷ elsewhere. */
export type Found = { readonly mark: string; readonly text: string };

/** A GET of a route: how it is answered, and every word of the answer, unpacked where it is a file. */
export async function visit(
  route: string,
  { house, params, person, query = '' }: Visit,
): Promise<Found> {
  const path = route
    .replace(/\([^)]*\)\/?/g, '')
    .replace(/\[(\w+)\]/g, (_, name: string) => params[name] ?? '');
  const url = new URL(`http://127.0.0.1/${path}${query}`);
  const locals = { app: house.app, signedIn: person, locale: 'ja' };
  const event = {
    locals,
    params,
    url,
    route: { id: route },
    request: new Request(url),
    setHeaders: () => undefined,
    parent: () => Promise.resolve({}),
    depends: () => undefined,
  };
  try {
    const said: string[] = [];
    for (const load of await loadsOf(route)) said.push(await wordsOf(await load(event)));
    return { mark: '●', text: said.join('\n') };
  } catch (thrown) {
    if (isRedirect(thrown))
      return { mark: thrown.location.startsWith('/login') ? '→' : '↷', text: '' };
    if (!isHttpError(thrown)) throw thrown;
    const mark = marks.get(thrown.status) ?? String(thrown.status);
    return { mark, text: JSON.stringify(thrown.body) };
  }
}

const marks: ReadonlyMap<number, string> = new Map([
  [403, '×'],
  [404, '-'],
  [409, '!'],
]);

async function wordsOf(answer: unknown): Promise<string> {
  if (!(answer instanceof Response)) return JSON.stringify(answer) ?? '';
  const bytes = new Uint8Array(await answer.arrayBuffer());
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b;
  const parts = isZip ? Object.values(unzipSync(bytes)) : [bytes];
  const text = parts.map((part) => Buffer.from(part).toString('utf8')).join('\n');
  // When a file was made is no secret, and never the same twice.
  return text.replace(/<dcterms:\w+ [^>]*>[^<]*/g, '');
}
