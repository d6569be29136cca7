/**
 * Runs every scenario against every server, interleaved, and writes RESULTS.md.
 * `npm start -- [repeats] [part of a scenario's name] [part of a server's name]`
 */
import { execSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';
import { kinds, Server, type Kind } from './server.ts';
import { only, scenarios, type Figures, type ScenarioName } from './scenarios.ts';

const [repeats = '3', wanted = '', chosen = ''] = process.argv.slice(2);
const names = (Object.keys(scenarios) as ScenarioName[]).filter((name) => name.includes(wanted));
const runs = new Map<string, Figures[]>();

for (let repeat = 0; repeat < Number(repeats); repeat++) {
  for (const name of names) {
    const times = name.startsWith('kill') ? Math.ceil(10 / Number(repeats)) : 1;
    for (let time = 0; time < times; time++) {
      for (const kind of kinds.filter((kind) => kind.includes(chosen) && only(kind, name))) {
        const server = new Server(kind);
        await server.start();
        const figures = await scenarios[name](server);
        await server.stop();
        const key = `${name}\n${kind}`;
        runs.set(key, [...(runs.get(key) ?? []), figures]);
        console.log(repeat + 1, name, '|', kind, '|', show(figures));
      }
    }
  }
}

function show(figures: Figures): string {
  return Object.entries(figures)
    .map(([label, value]) => `${label} ${value?.toFixed(2)}`)
    .join(', ');
}

const number = (value: number) =>
  value >= 100
    ? Math.round(value).toLocaleString('en')
    : value.toFixed(value >= 10 ? 1 : 2).replace(/\.00$/, '');

/** Median, with the smallest and the largest. */
function cell(figures: readonly Figures[], label: string): string {
  const values = figures
    .map((one) => one[label])
    .filter((value) => value !== undefined)
    .toSorted((one, other) => one - other);
  const median = values[Math.floor(values.length / 2)];
  if (median === undefined) return '—';
  if (label === 'edits lost') {
    const hit = values.filter((value) => value > 0).length;
    return `${number(median)} (${number(values[0] ?? 0)} – ${number(values.at(-1) ?? 0)}), in ${hit} of ${values.length}`;
  }
  return `${number(median)} (${number(values[0] ?? 0)} – ${number(values.at(-1) ?? 0)})`;
}

const shown: Kind[] = kinds.filter((kind) => kind.includes(chosen));
const lines = names.flatMap((name) => {
  const of = (kind: Kind) => runs.get(`${name}\n${kind}`) ?? [];
  const labels = [...new Set(shown.flatMap(of).flatMap((figures) => Object.keys(figures)))];
  return labels.map(
    (label) => `| ${name} | ${label} | ${shown.map((kind) => cell(of(kind), label)).join(' | ')} |`,
  );
});
const version = (path: string) =>
  (JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')) as { version: string }).version;
const table = [
  `| scenario | figure | ${shown.join(' | ')} |`,
  `| --- | --- | ${shown.map(() => '---:').join(' | ')} |`,
  ...lines,
].join('\n');
console.log(table);

if (wanted === '' && chosen === '') {
  const template = readFileSync(new URL('RESULTS.template.md', import.meta.url), 'utf8');
  writeFileSync(
    new URL('RESULTS.md', import.meta.url),
    template
      .replace('{table}', table)
      .replace('{repeats}', repeats)
      .replace(
        '{machine}',
        `${cpus().length} cores (${cpus()[0]?.model ?? ''}), ${Math.round(totalmem() / 2 ** 30)} GiB, Linux ${release()}`,
      )
      .replace('{node}', process.version)
      .replace('{hocuspocus}', version('node_modules/@hocuspocus/server/package.json'))
      .replace('{websocket}', version('node_modules/@y/websocket-server/package.json'))
      .replace(
        '{leveldb}',
        version('node_modules/@y/websocket-server/node_modules/y-leveldb/package.json'),
      )
      .replace('{yjs}', version('node_modules/yjs/package.json'))
      .replace('{ws}', version('node_modules/ws/package.json'))
      .replace('{kensho}', execSync('git rev-parse --short HEAD').toString().trim()),
  );
}
process.exit(0);
