/**
 * The rules of the house as functions from files to sentences about what breaks them: who may
 * import whom, how files are called, what no file may hold.
 */
import { posix } from 'node:path';
import ts from 'typescript';

export type Source = { readonly path: string; readonly text: string };

type Import = { readonly target: string; readonly typeOnly: boolean };

/** Where a file stands; `page` is what SvelteKit runs on the server and browsers never see. */
type Zone = 'domain' | 'protocol' | 'formats' | 'browser' | 'page' | 'server' | 'tests' | 'other';

const isPage = /(\.server\.ts$)|(\/\+server\.ts$)|(^src\/lib\/server\/)/;

function zoneOf(path: string): Zone {
  for (const zone of ['domain', 'protocol', 'formats'] as const) {
    if (path.startsWith(`src/${zone}/`)) return zone;
  }
  if (path.startsWith('src/')) return isPage.test(path) ? 'page' : 'browser';
  if (path.startsWith('server/')) return 'server';
  return path.startsWith('tests/') ? 'tests' : 'other';
}

/** npm packages by zone; `server` and `tests` may use any that is not fenced below. */
const packages: Readonly<Partial<Record<Zone, readonly string[]>>> = {
  domain: ['big.js'],
  protocol: ['valibot'],
  formats: [
    '@e965/xlsx',
    'big.js',
    'docx',
    'docxtemplater',
    'encoding-japanese',
    'fflate',
    'mammoth',
    'papaparse',
    'pizzip',
    'unpdf',
    'uqr',
    'wasm-xlsxwriter',
  ],
  browser: [
    'svelte',
    '@sveltejs/kit',
    'yjs',
    'lib0',
    'y-protocols',
    'y-websocket',
    'socket.io-client',
    '@tiptap/core',
    '@tiptap/pm',
    'bits-ui',
    '@fontsource-variable/noto-sans-jp',
    '@digital-go-jp/design-tokens',
  ],
  page: ['svelte', '@sveltejs/kit', 'valibot'],
};

/** Which zones may be imported; types may come from `server` besides, where `types` says so. */
const zones: Readonly<Partial<Record<Zone, readonly Zone[]>>> = {
  domain: ['domain'],
  protocol: ['domain', 'protocol'],
  formats: ['domain', 'formats'],
  browser: ['domain', 'protocol', 'formats', 'browser'],
  page: ['domain', 'protocol', 'formats', 'browser', 'page'],
  server: ['domain', 'protocol', 'formats', 'server'],
};
const typesFrom: Readonly<Partial<Record<Zone, readonly Zone[]>>> = {
  browser: ['server', 'page'],
  page: ['server'],
};

/** A package that only one place of the server may know, so that it can be replaced there. */
const fences: readonly (readonly [name: string, allowed: RegExp])[] = [
  ['socket.io', /^server\/realtime\.ts$/],
  ['y-protocols', /^server\/sync\/|^src\//],
  ['ws', /^server\/sync\//],
  ['kysely', /^server\/db\//],
  ['better-sqlite3', /^server\/db\//],
  ['lucia', /^server\/session\.ts$/],
  ['@node-rs/argon2', /^server\/password\.ts$/],
];

export function importViolations(sources: readonly Source[]): string[] {
  return sources.flatMap((source) => {
    const zone = zoneOf(source.path);
    if (zone === 'tests' || zone === 'other') return [];
    return importsOf(source).flatMap(({ target, typeOnly }) => {
      const wrong = wrongImport(source.path, zone, target, typeOnly);
      return wrong === null ? [] : [`${source.path}: ${wrong}`];
    });
  });
}

function wrongImport(path: string, zone: Zone, target: string, typeOnly: boolean): string | null {
  if (target.startsWith('node:')) {
    return zone === 'server' || zone === 'page' ? null : `${target} in ${zone}`;
  }
  const inside = resolve(path, target);
  if (inside !== null) {
    // Kit writes the types of routes itself.
    if (inside === 'kit')
      return zone === 'browser' || zone === 'page' ? null : `${target} in ${zone}`;
    const other = zoneOf(inside);
    if (zones[zone]?.includes(other)) {
      const upwards = path.startsWith('src/lib/') && inside.startsWith('src/routes/');
      return upwards ? `${target}: lib does not know routes` : null;
    }
    if (typeOnly && typesFrom[zone]?.includes(other)) return null;
    return `${zone} must not import ${other} (${target})`;
  }
  const name = target.split('/', target.startsWith('@') ? 2 : 1).join('/');
  const fence = fences.find(([fenced]) => fenced === name);
  if (fence && !fence[1].test(path)) return `${name} is fenced off`;
  const allowed = packages[zone];
  return allowed && !allowed.includes(name) ? `${name} in ${zone}` : null;
}

/** The path inside the repository, `kit` for what SvelteKit provides, null for a package. */
function resolve(from: string, target: string): string | null {
  if (target.startsWith('$app/') || target.endsWith('/$types') || target.endsWith('/$types.js')) {
    return 'kit';
  }
  if (target.startsWith('$lib/')) return target.replace('$lib/', 'src/lib/');
  if (target.startsWith('#')) return target.replace('#', 'src/');
  return target.startsWith('.') ? posix.join(posix.dirname(from), target) : null;
}

/** The scripts of a file: all of a .ts, the script elements of a .svelte. */
const scriptOf = ({ path, text }: Source): string =>
  path.endsWith('.svelte')
    ? [...text.matchAll(/<script[^>]*>(.*?)<\/script>/gsu)].map(([, script]) => script).join('\n')
    : text;

const parsed = (source: Source): ts.SourceFile =>
  ts.createSourceFile(
    source.path,
    scriptOf(source),
    ts.ScriptTarget.Latest,
    true,
    ts.ScriptKind.TS,
  );

function* nodesOf(node: ts.Node): Generator<ts.Node> {
  yield node;
  for (const child of node.getChildren()) yield* nodesOf(child);
}

function importsOf(source: Source): Import[] {
  return [...nodesOf(parsed(source))].flatMap((node): Import[] => {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
      const { importClause } = node;
      const named = importClause?.namedBindings;
      const allTypes =
        named !== undefined &&
        ts.isNamedImports(named) &&
        importClause?.name === undefined &&
        named.elements.every((element) => element.isTypeOnly);
      const typeOnly = importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword || allTypes;
      return [{ target: node.moduleSpecifier.text, typeOnly }];
    }
    if (
      ts.isExportDeclaration(node) &&
      node.moduleSpecifier &&
      ts.isStringLiteral(node.moduleSpecifier)
    ) {
      return [{ target: node.moduleSpecifier.text, typeOnly: node.isTypeOnly }];
    }
    if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      const { literal } = node.argument;
      return ts.isStringLiteral(literal) ? [{ target: literal.text, typeOnly: true }] : [];
    }
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [argument] = node.arguments;
      return argument && ts.isStringLiteral(argument)
        ? [{ target: argument.text, typeOnly: false }]
        : [];
    }
    return [];
  });
}

/** Clocks, chance and the world outside have no place in the rules. */
const impure =
  /^(Date\.now|Math\.random|performance|crypto|process|fetch|setTimeout|setInterval|console|globalThis)\b/;

export function purityViolations(sources: readonly Source[]): string[] {
  return sources.flatMap((source) => {
    if (zoneOf(source.path) !== 'domain') return [];
    return [...nodesOf(parsed(source))].flatMap((node) => {
      const text = node.getText();
      const clock =
        ts.isNewExpression(node) &&
        text.startsWith('new Date') &&
        (node.arguments?.length ?? 0) === 0;
      const outside =
        (ts.isPropertyAccessExpression(node) || ts.isCallExpression(node)) && impure.test(text);
      return clock || outside ? [`${source.path}: ${text.slice(0, 40)}`] : [];
    });
  });
}

const forbiddenNames = /^(utils?|helpers?|managers?|services?|common|shared|misc|index)\b/;
const words = /^[a-z]+[0-9]*(\.(test|e2e|svelte|server|worker|d))*\.ts$/;
const migration = /^server\/db\/migrations\/\d{4}\.ts$/;
const component = /^[A-Z][A-Za-z]*\.svelte$/;
const route = /^\+(page|layout|error|server)(\.server)?\.(ts|svelte)$/;
const runes = /\$(state|derived|effect|props|inspect)\b/;

export function nameViolations(sources: readonly Source[]): string[] {
  return sources.flatMap(({ path, text }) => {
    const name = posix.basename(path);
    if (forbiddenNames.test(name)) return [`${path}: says nothing about what it owns`];
    if (path.startsWith('src/routes/') && route.test(name)) return [];
    if (!words.test(name) && !component.test(name) && !migration.test(path)) {
      return [`${path}: a file is one lower-case noun, a component PascalCase`];
    }
    if (name.endsWith('.svelte.ts') && !runes.test(text))
      return [`${path}: .svelte.ts without a rune`];
    return isBarrel({ path, text }) ? [`${path}: a barrel`] : [];
  });
}

function isBarrel(source: Source): boolean {
  if (!source.path.endsWith('.ts') || source.path.endsWith('.d.ts')) return false;
  const statements = parsed(source).statements.filter((each) => !ts.isImportDeclaration(each));
  return (
    statements.length > 0 &&
    statements.every((each) => ts.isExportDeclaration(each) && each.moduleSpecifier !== undefined)
  );
}

// Written in pieces, so that this file does not break its own rules.
const silencers = new RegExp(
  ['@ts-(ignore|expect-error|nocheck)', 'eslint-dis' + 'able', 'svelte-ig' + 'nore'].join('|'),
);
const skipped = new RegExp(
  `\\b(test|it|describe|suite)\\.(${['skip', 'only', 'todo', 'fixme', 'fails', 'skipIf', 'runIf'].join('|')})\\b|\\b(xit|xdescribe|fit|fdescribe)\\(`,
);
const sleeps = new RegExp(
  `\\bsetTime${'out'}\\s*\\(|waitForTime${'out'}\\(|timers/prom${'ises'}|\\bretry:\\s*[1-9]`,
);

export function contentViolations(sources: readonly Source[]): string[] {
  return sources.flatMap((source) => {
    const { path, text } = source;
    const found: string[] = [];
    if (silencers.test(text)) found.push('a rule is silenced');
    if (path.startsWith('tests/')) {
      if (skipped.test(text)) found.push('a test that does not run');
      if (sleeps.test(text)) found.push('a test that sleeps or tries again');
    }
    if (path.endsWith('.svelte')) {
      const markup = text.replaceAll(/<script.*?<\/script>|<style.*?<\/style>/gsu, '');
      if (/\sstyle(=|:[a-z-]+=)/.test(markup)) found.push('an inline style');
      if (markup.includes('{@html')) found.push('HTML that is not escaped');
    }
    const any = [...nodesOf(parsed(source))].some(({ kind }) => kind === ts.SyntaxKind.AnyKeyword);
    if (any) found.push('the type any');
    return found.map((what) => `${path}: ${what}`);
  });
}

const topLevel: readonly string[] = [
  'src',
  'static',
  'server',
  'tests',
  'docs',
  'README.md',
  'LICENSE',
  'CHANGELOG.md',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'svelte.config.js',
  'vite.config.ts',
  'vitest.config.ts',
  'playwright.config.ts',
  'eslint.config.js',
  'knip.json',
  '.ci',
  '.git',
  '.gitignore',
  '.npmrc',
  '.prettierignore',
  '.prettierrc.json',
];

/** @param ignored what .gitignore lists: made here, never committed */
export const topLevelViolations = (
  entries: readonly string[],
  ignored: readonly string[],
): string[] => entries.filter((name) => !topLevel.includes(name) && !ignored.includes(name));
