/** Every way to spoil one place of a JSON value: a key gone, a key too many, another kind of value. */

type Path = readonly (string | number)[];

/** What no place of any command may hold. */
const strange: readonly (readonly [string, unknown])[] = [
  ['an object', {}],
  ['a list in a list', [[]]],
  ['a symbol', Symbol('x')],
  ['a function', () => undefined],
  ['undefined', undefined],
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['a huge text', 'あ'.repeat(200_000)],
];

/** Copies of `root`, each spoilt in one place, with the name of what was done where. */
export function* spoil(root: unknown): Generator<readonly [name: string, value: unknown]> {
  for (const [path, value] of places(root, [])) {
    const at = path.join('.') || 'the whole';
    for (const [name, other] of spoilt(value)) {
      yield [`${at}: ${name}`, replaceAt(root, path, other)] as const;
    }
  }
}

function* places(value: unknown, path: Path): Generator<readonly [Path, unknown]> {
  yield [path, value] as const;
  if (typeof value !== 'object' || value === null) return;
  const entries: readonly (readonly [string | number, unknown])[] = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(value);
  for (const [key, each] of entries) yield* places(each, [...path, key]);
}

function* spoilt(value: unknown): Generator<readonly [string, unknown]> {
  if (Array.isArray(value)) {
    yield ['a text for a list', 'text'];
    yield ['an object for a list', { length: 0 }];
    yield ['a huge list', Array.from({ length: 6000 }, () => value[0] as unknown)];
  } else if (typeof value === 'object' && value !== null) {
    yield ['a list for an object', []];
    yield ['a key too many', { ...value, surplus: 1 }];
    yield ['__proto__ as a key', withOwnPrototype(value)];
    for (const key of Object.keys(value)) {
      // `parts` of a quantity and `corrections` of a KPI are the keys that may be absent.
      if (key !== 'parts' && key !== 'corrections') yield [`${key} gone`, without(value, key)];
    }
  } else {
    yield* strange;
  }
}

function replaceAt(root: unknown, [key, ...rest]: Path, value: unknown): unknown {
  if (key === undefined) return value;
  if (Array.isArray(root)) {
    return root.map((each: unknown, at) => (at === key ? replaceAt(each, rest, value) : each));
  }
  const record = root as Readonly<Record<string, unknown>>;
  return { ...record, [key]: replaceAt(record[key], rest, value) };
}

const without = (value: object, key: string): object =>
  Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));

/** As `JSON.parse('{"__proto__": …}')` makes it: an own key, not a prototype. */
const withOwnPrototype = (value: object): object =>
  Object.defineProperty({ ...value }, '__proto__', { value: { admin: true }, enumerable: true });
