/**
 * Takes the rules of the Yjs door away one by one and runs its tests: each time they must fail.
 * `node tests/sync/mutants.ts`, minutes long, so no part of `npm test`; Y10 to Y18 and Y24 are also
 * held by `rules.test.ts`, in milliseconds.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

type Mutant = readonly [rule: string, file: string, from: string, to: string];

export const mutants: readonly Mutant[] = [
  ['Y1', 'hello.ts', 'return parseDocumentName(name) && {', 'return {'],
  ['Y2', 'sync.ts', "if (access === 'none') return CLOSE.forbidden;", ''],
  ['Y3', 'socket.ts', 'if (isBinary) this.#line', 'if (true) this.#line'],
  ['Y3', 'socket.ts', "webSocket.on('error', terminate);", ''],
  ['Y3', 'socket.ts', 'maxPayload: limits.frameBytes,', ''],
  ['Y4', 'sync.ts', 'if (own.length >= limits.connectionsPerAccount)', 'if (false)'],
  ['Y5', 'connection.ts', 'this.#bytes.take(bytes.byteLength, now)', 'true'],
  ['Y5', 'connection.ts', 'this.#messages.take(1, now)', 'true'],
  ['Y6', 'connection.ts', '!house.sessionAlive(this.who.sessionId)', 'false'],
  ['Y7', 'connection.ts', 'if (access === this.access) return true;', 'return true;'],
  ['Y7', 'turn.ts', '!this.#writers.has(frame.from)', 'false'],
  [
    'Y8',
    'wire.ts',
    "if (decoding.hasContent(decoder)) throw new Malformed('bytes behind the message');",
    '',
  ],
  [
    'Y9',
    'edit.ts',
    "if (decoding.hasContent(decoder)) throw new Malformed('bytes behind the update');",
    '',
  ],
  ['Y9', 'edit.ts', "if (seen.has(client)) throw new Malformed('two blocks of one client');", ''],
  ['Y11', 'room.ts', 'owner === undefined || owner === accountId', 'true'],
  ['Y15', 'turn.ts', 'if (!broken && the.trial.repeats)', 'if (false)'],
  ['Y19', 'presence.ts', 'if (id !== client) continue;', ''],
  ['Y19', 'presence.ts', 'user: this.stamp(accountId, user)', ''],
  [
    'Y19',
    'presence.ts',
    "if (json.byteLength > maxBytes) throw new Malformed('presence too large');",
    '',
  ],
  [
    'Y20',
    'connection.ts',
    'this.#peer.bufferedAmount > this.#room.house.limits.bufferedBytes',
    'false',
  ],
  ['Y21', 'connection.ts', 'if (wait <= 0) return this.#answer();', 'return this.#answer();'],
  [
    'Y22',
    'document.ts',
    "if (isTorn(this.doc)) throw new Error('an update was left pending');",
    '',
  ],
  ['Y23', 'turn.ts', 'if (!couldBeMade(stored.doc, the.edit, PATIENCE))', 'if (false)'],
  ['schema', 'sync.ts', 'if (!hello.isCurrent) return CLOSE.outdated;', ''],
  [
    'stored whole',
    'turn.ts',
    "if (stored.doc._transaction) throw new Error('a change in the middle of another');",
    '',
  ],
  ['store first', 'batch.ts', 'for (const turn of writing) turn.store(tx);', ''],
];

/** Formatting may have broken a line: white space does not count. */
export function patternOf(text: string): RegExp {
  const words = text.split(/\s+/).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(words.join('\\s+'));
}

const root = new URL('../..', import.meta.url).pathname;

const slow = '--exclude=**/{cold,power,slow,mutants}.test.ts';

function passes(folder: string, stdio: 'ignore' | 'inherit' = 'ignore'): boolean {
  const parameters = ['run', '--bail=1', '--reporter=dot', slow, 'tests/sync'];
  return spawnSync('vitest', parameters, { cwd: folder, stdio }).status === 0;
}

function survivors(folder: string): string[] {
  // Without tsconfig.json: what that one extends is made by a tool and is not here.
  const parts = ['server', 'src', 'tests', 'package.json', 'vitest.config.ts'];
  for (const part of parts) {
    const filter = (path: string) => !path.includes('node_modules');
    cpSync(join(root, part), join(folder, part), { recursive: true, filter });
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  // Tests that fail anyway, on a machine with too much to do for instance, catch nothing.
  if (!passes(folder, 'inherit')) throw new Error('the tests fail without any rule taken away');
  return mutants.flatMap(([rule, file, from, to]) => {
    const path = join(folder, 'server/sync', file);
    const original = readFileSync(path, 'utf8');
    writeFileSync(
      path,
      original.replace(patternOf(from), () => to),
    );
    const isCaught = !passes(folder);
    writeFileSync(path, original);
    process.stdout.write(`${isCaught ? 'caught  ' : 'SURVIVED'} ${rule.padEnd(12)} ${from}\n`);
    return isCaught ? [] : [rule];
  });
}

if (import.meta.main) {
  const folder = mkdtempSync(join(tmpdir(), 'kensho-mutants-'));
  const alive = survivors(folder);
  rmSync(folder, { recursive: true });
  process.exit(alive.length === 0 ? 0 : 1);
}
