/** How large the tests are that can be of any size: `npm test`, or `npm run test:long` (hours). */

export const isLong = process.env['KENSHO_LONG'] === '1';

/** Numbers of tests/sizes of security.md: the first in `npm test`, the second in the long run. */
export const size = (short: number, long: number): number => (isLong ? long : short);

/** A long run begins where `KENSHO_SEED` says, so that each one looks at something else. */
const firstSeed = Number(process.env['KENSHO_SEED'] ?? 1);

/** As many seeds; a test prints its own with what it finds, and keeps bad ones by name. */
export const seeds = (count: number): readonly number[] =>
  Array.from({ length: count }, (_, index) => firstSeed + index);

/** Time (ms) for a test whose work grows with its size: a short one must not hide behind it. */
export const timeFor = (short: number): number => (isLong ? 24 * 3_600_000 : short);
