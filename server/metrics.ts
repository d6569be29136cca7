/**
 * Counters, gauges and histograms in Prometheus' text format. A label holds a rule, a code or a type
 * out of a fixed list, never a person or content; each app has its own, nothing is shared by modules.
 */

type Labels = Readonly<Record<string, string | number>>;

export type Counter = { add(labels?: Labels, amount?: number): void };
export type Histogram = { observe(value: number, labels?: Labels): void };
/** What a gauge shows at this moment. */
type Reading = readonly { readonly labels?: Labels; readonly value: number }[];

export type Registry = {
  counter(name: string, help: string): Counter;
  /** @param bounds upper ends of the buckets, ascending, in the unit of the name */
  histogram(name: string, help: string, bounds: readonly number[]): Histogram;
  /** Read when somebody asks. */
  gauge(name: string, help: string, read: () => number | Reading): void;
  /** Everything there is, as `/metrics` answers it. */
  text(): string;
};

/** Seconds, from a fast commit to a page that has given up. */
export const LATENCY: readonly number[] = [
  0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5,
];

export function createRegistry(): Registry {
  const families: (() => string[])[] = [];
  const family = (name: string, kind: string, help: string, lines: () => string[]) => {
    families.push(() => [`# HELP ${name} ${help}`, `# TYPE ${name} ${kind}`, ...lines()]);
  };
  return {
    counter(name, help) {
      const values = new Map<string, number>();
      family(name, 'counter', help, () =>
        // Without labels a counter that never moved is still there: 0 is not "unknown".
        [...(values.size > 0 ? values : [['', 0] as const])].map(([set, value]) =>
          line(name, set, value),
        ),
      );
      return {
        add(labels, amount = 1) {
          const set = written(labels);
          values.set(set, (values.get(set) ?? 0) + amount);
        },
      };
    },
    histogram(name, help, bounds) {
      const series = new Map<string, { counts: number[]; sum: number }>();
      family(name, 'histogram', help, () =>
        [...series].flatMap(([set, { counts, sum }]) => {
          let total = 0;
          const buckets = [...bounds, Infinity].map((bound, index) => {
            total += counts[index] ?? 0;
            const le = `le="${bound === Infinity ? '+Inf' : bound}"`;
            return line(`${name}_bucket`, set === '' ? le : `${set},${le}`, total);
          });
          return [...buckets, line(`${name}_sum`, set, sum), line(`${name}_count`, set, total)];
        }),
      );
      return {
        observe(value, labels) {
          const set = written(labels);
          let one = series.get(set);
          if (!one) {
            one = { counts: Array<number>(bounds.length + 1).fill(0), sum: 0 };
            series.set(set, one);
          }
          const bucket = bounds.findIndex((bound) => value <= bound);
          const index = bucket < 0 ? bounds.length : bucket;
          one.counts[index] = (one.counts[index] ?? 0) + 1;
          one.sum += value;
        },
      };
    },
    gauge(name, help, read) {
      family(name, 'gauge', help, () => {
        const now = read();
        const all: Reading = typeof now === 'number' ? [{ value: now }] : now;
        return all.map(({ labels, value }) => line(name, written(labels), value));
      });
    },
    text: () => `${families.flatMap((lines) => lines()).join('\n')}\n`,
  };
}

const line = (name: string, set: string, value: number): string =>
  `${name}${set === '' ? '' : `{${set}}`} ${value}`;

/** Labels as they are printed, and so the key of their series. */
const written = (labels: Labels = {}): string =>
  Object.entries(labels)
    .map(([label, value]) => `${label}="${String(value).replaceAll(/[\\"\n]/g, '_')}"`)
    .join(',');
