/** Starts the real programs as a person would and ends them; each test has a server of its own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

export type Running = {
  readonly url: string;
  readonly pid: number;
  /** What the program has printed on standard output. */
  readonly output: () => string;
  /** As `kill -9` does: no farewell. */
  kill(): Promise<void>;
  /** As Ctrl-C does; the milliseconds until the process was gone, and its exit code. */
  stop(): Promise<{ readonly ms: number; readonly code: number | null }>;
};

export const newFolder = (): string => mkdtempSync(join(tmpdir(), 'kensho-e2e-'));
export const dropFolder = (folder: string): void =>
  rmSync(folder, { recursive: true, force: true });

/** `npm start` without npm: the same program on the same data folder. */
export async function startServer(dataDir: string, port = 0): Promise<Running> {
  const running = launch(['server/main.ts'], { DATA_DIR: dataDir, PORT: String(port) });
  const url = await running.printed(/Kensho: (http:\S+)/);
  return { ...running, url };
}

export type Person = { readonly role: string; readonly name: string; readonly link: string };
export type Demo = Running & {
  readonly meeting: string;
  readonly people: readonly Person[];
  /** The sign-in link of the nth person of a role. */
  link(role: string, nth?: number): string;
};

export const linkAmong = (people: readonly Person[], role: string, nth = 0): string => {
  const person = people.filter((each) => each.role === role)[nth];
  if (!person) throw new Error(`nobody is ${role} ${nth}`);
  return person.link;
};

/** `npm run -s demo -- --json`, on its own or a given data folder. */
export async function startDemo(dataDir?: string, port = 0): Promise<Demo> {
  const environment: Record<string, string> = dataDir === undefined ? {} : { DATA_DIR: dataDir };
  const running = launch(['server/demo.ts', '--json', '--port', String(port)], environment);
  const json = JSON.parse(await running.printed(/^(\{.*\})$/m)) as {
    url: string;
    meeting: string;
    people: Person[];
  };
  return { ...running, ...json, link: (role, nth) => linkAmong(json.people, role, nth) };
}

function launch(parameters: readonly string[], environment: Readonly<Record<string, string>>) {
  const child: ChildProcess = spawn(process.execPath, parameters, {
    cwd: root,
    env: { ...process.env, DATA_DIR: undefined, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  // A test that fails stops nothing, and its worker ends with it.
  const orphan = () => child.kill('SIGKILL');
  process.once('exit', orphan);
  child.once('exit', () => process.off('exit', orphan));
  let text = '';
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const printed = (pattern: RegExp) =>
    new Promise<string>((resolve, reject) => {
      const look = () => {
        const found = pattern.exec(text)?.[1];
        if (found !== undefined) resolve(found);
      };
      child.stdout?.on('data', (chunk: Buffer) => {
        text += chunk.toString();
        look();
      });
      void exited.then((code) => reject(new Error(`the server ended with ${String(code)}`)));
    });
  return {
    pid: child.pid ?? 0,
    printed,
    output: () => text,
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
    async stop() {
      const start = performance.now();
      child.kill('SIGINT');
      const code = await exited;
      return { ms: performance.now() - start, code };
    },
  };
}
