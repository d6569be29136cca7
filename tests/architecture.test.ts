/** The tree keeps to the rules of the house, and each rule notices a file that does not. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  contentViolations,
  importViolations,
  nameViolations,
  purityViolations,
  topLevelViolations,
  type Source,
} from './structure.ts';

const root = join(import.meta.dirname, '..');

/** The measured comparison is a package of its own; fixtures are texts of others. */
const notOurs = /^tests\/(bench|fixtures)\//;

const sources: readonly Source[] = ['src', 'server', 'tests']
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
      `${folder}/${name}`.replaceAll('\\', '/'),
    ),
  )
  .filter((path) => /\.(ts|svelte)$/.test(path) && !notOurs.test(path))
  .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));

const file = (path: string, text: string): Source => ({ path, text });

describe('who may import whom', () => {
  test('the tree keeps to the table', () => {
    expect(sources.length).toBeGreaterThan(100);
    expect(importViolations(sources)).toEqual([]);
  });

  test.each([
    ['src/domain/x.ts', `import { join } from 'node:path';`],
    ['src/domain/x.ts', `import * as v from 'valibot';`],
    ['src/domain/x.ts', `import { viewOf } from '#protocol/view.ts';`],
    ['src/domain/x.ts', `import type { Ack } from '../protocol/ack.ts';`],
    ['src/domain/x.ts', `export { openDatabase } from '../../server/db/database.ts';`],
    ['src/protocol/x.ts', `import * as Y from 'yjs';`],
    ['src/protocol/x.ts', `import { parsePasted } from '#formats/table.ts';`],
    ['src/formats/x.ts', `import { readFileSync } from 'node:fs';`],
    ['src/formats/x.ts', `const fs = await import('node:fs');`],
    ['src/formats/x.ts', `import { envelopeSchema } from '#protocol/command.ts';`],
    ['src/lib/x.ts', `import { createApp } from '../../server/app.ts';`],
    ['src/lib/x.ts', `import { setSession } from '$lib/server/session.ts';`],
    ['src/lib/x.ts', `import { desk } from '../routes/meetings/desk.svelte.ts';`],
    ['src/lib/x.ts', `import Sqlite from 'better-sqlite3';`],
    ['src/lib/X.svelte', `<script lang="ts">import { hash } from 'node:crypto';</script>`],
    ['src/routes/+page.svelte', `<script>import { serve } from '../../server/serve.ts';</script>`],
    ['src/routes/+page.server.ts', `import { createApp } from '../../server/app.ts';`],
    ['src/routes/+page.server.ts', `import { createApp, type App } from '../../server/app.ts';`],
    ['src/hooks.server.ts', `import { Lucia } from 'lucia';`],
    ['server/x.ts', `import { locale } from '../src/lib/locale.ts';`],
    ['server/x.ts', `import type { Desk } from '../src/routes/meetings/desk.svelte.ts';`],
    ['server/x.ts', `import { Server } from 'socket.io';`],
    ['server/x.ts', `import { Awareness } from 'y-protocols/awareness';`],
    ['server/x.ts', `import { WebSocketServer } from 'ws';`],
    ['server/x.ts', `import { sql } from 'kysely';`],
    ['server/execute.ts', `import Sqlite from 'better-sqlite3';`],
    ['server/x.ts', `import { Lucia } from 'lucia';`],
    ['server/meetings.ts', `import { hash } from '@node-rs/argon2';`],
  ])('%s with %s is noticed', (path, text) => {
    expect(importViolations([file(path, text)])).toHaveLength(1);
  });

  test.each([
    ['src/domain/x.ts', `import type { Meeting } from './meeting.ts';`],
    ['src/routes/+page.server.ts', `import type { App } from '../../server/app.ts';`],
    ['src/routes/+page.server.ts', `import { type App } from '../../server/app.ts';`],
    ['src/app.d.ts', `declare const app: import('../server/app.ts').App;`],
    ['src/routes/a/+server.ts', `import { randomUUID } from 'node:crypto';`],
    ['src/lib/live/x.svelte.ts', `import { io } from 'socket.io-client';`],
    ['src/domain/x.ts', `// import { join } from 'node:path';\nconst text = "from 'yjs'";`],
    ['server/realtime.ts', `import { Server } from 'socket.io';`],
  ])('%s with %s is as it should be', (path, text) => {
    expect(importViolations([file(path, text)])).toEqual([]);
  });
});

describe('the rules are pure', () => {
  test('the domain has no clock, no chance and no world', () => {
    expect(purityViolations(sources)).toEqual([]);
  });

  test.each([
    'const now = Date.now();',
    'const now = new Date();',
    'const now = new Date;',
    'const drawn = Math.random();',
    'const id = crypto.randomUUID();',
    `console.log('x');`,
    'const port = process.env;',
    `const soon = set${'Timeout'}(run, 1);`,
  ])('%s in the domain is noticed', (text) => {
    expect(purityViolations([file('src/domain/x.ts', text)]).length).toBeGreaterThan(0);
    expect(purityViolations([file('server/x.ts', text)])).toEqual([]);
  });

  test('a calendar day from a number given is no clock', () => {
    expect(purityViolations([file('src/domain/x.ts', 'const day = new Date(at);')])).toEqual([]);
  });
});

describe('names', () => {
  test('a file is one lower-case noun, a component PascalCase; none is a drawer for odds and ends', () => {
    expect(nameViolations(sources)).toEqual([]);
  });

  test.each([
    ['src/lib/utils.ts', 'export const x = 1;'],
    ['server/helpers.ts', 'export const x = 1;'],
    ['server/helper.test.ts', 'export const x = 1;'],
    ['server/db/index.ts', 'export const x = 1;'],
    ['src/lib/service.ts', 'export const x = 1;'],
    ['server/userService.ts', 'export const x = 1;'],
    ['server/user-service.ts', 'export const x = 1;'],
    ['src/lib/button.svelte', '<p></p>'],
    ['src/lib/x.svelte.ts', 'export const x = 1;'],
    ['src/domain/all.ts', `export * from './meeting.ts';\nexport { decide } from './decide.ts';`],
    ['server/0001.ts', 'export const x = 1;'],
  ])('%s is noticed', (path, text) => {
    expect(nameViolations([file(path, text)])).toHaveLength(1);
  });

  test('nothing stands at the top but what the brief allows', () => {
    const ignored = readFileSync(join(root, '.gitignore'), 'utf8')
      .split('\n')
      .map((line) => line.replace(/^\/|\/$/g, ''));
    expect(topLevelViolations(readdirSync(root), ignored)).toEqual([]);
    expect(topLevelViolations(['src', 'scripts', 'build', '.env'], ['build'])).toEqual([
      'scripts',
      '.env',
    ]);
  });
});

describe('what no file may hold', () => {
  test('no silenced rule, no any, no test that is left out or sleeps, no inline style', () => {
    expect(contentViolations(sources)).toEqual([]);
  });

  // Put together here, so that the rules do not find them in this very file.
  const dot = '.';
  test.each([
    ['src/lib/x.ts', 'let x: any;'],
    ['src/lib/X.svelte', '<script lang="ts">const x = y as any;</script>'],
    ['server/x.ts', `// @ts${'-'}ignore`],
    ['server/x.ts', `/* eslint${'-'}disable */`],
    ['src/lib/X.svelte', `<!-- svelte${'-'}ignore a11y -->`],
    ['tests/x.test.ts', `test${dot}skip('x', () => undefined);`],
    ['tests/x.test.ts', `describe${dot}only('x', () => undefined);`],
    ['tests/x.test.ts', `await new Promise((done) => set${'Timeout'}(done, 100));`],
    ['tests/e2e/x.e2e.ts', `await page.waitFor${'Timeout'}(100);`],
    ['src/lib/X.svelte', '<p style="color: red">x</p>'],
    ['src/lib/X.svelte', '<p style:color={red}>x</p>'],
    ['src/lib/X.svelte', '{@html text}'],
  ])('%s with %s is noticed', (path, text) => {
    expect(contentViolations([file(path, text)])).toHaveLength(1);
  });

  test('the word any in a text, and a style element, are as they should be', () => {
    const component = '<p>any</p><style>p { color: red; }</style>';
    expect(contentViolations([file('src/lib/X.svelte', component)])).toEqual([]);
    expect(contentViolations([file('server/x.ts', `const word = 'any'; // any`)])).toEqual([]);
  });
});
