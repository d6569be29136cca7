/**
 * 列の指定 that people made by hand, kept in the settings of the installation and offered for the next
 * file with the same captions. Reads no file and judges no mapping; the newest are kept.
 */
import type { Instant } from '#domain/types.ts';
import type { KeptMapping } from '#protocol/mapping.ts';
import type { Database } from './db/database.ts';
import { findSetting, putSetting } from './db/setting.ts';

export type StoredMapping = KeptMapping & { readonly keptAt: Instant };

export type Mappings = {
  /** The newest first. */
  list(): readonly StoredMapping[];
  /** Replaces what was kept for the same captions. */
  keep(mapping: KeptMapping): void;
  drop(fingerprint: string): void;
};

/** More tables of different captions no office has. */
const KEPT = 50;

export function createMappings(parts: {
  readonly database: Pick<Database, 'read' | 'transaction'>;
  readonly clock: () => Instant;
}): Mappings {
  const { database, clock } = parts;
  const list = (): readonly StoredMapping[] =>
    JSON.parse(findSetting(database.read, 'mappings') ?? '[]') as readonly StoredMapping[];
  const store = (change: (kept: readonly StoredMapping[]) => readonly StoredMapping[]): void =>
    database.transaction((tx) => putSetting(tx, 'mappings', JSON.stringify(change(list()))));
  const without = (kept: readonly StoredMapping[], fingerprint: string) =>
    kept.filter((each) => each.fingerprint !== fingerprint);
  return {
    list,
    keep(mapping) {
      const stored = { ...mapping, keptAt: clock() };
      store((kept) => [stored, ...without(kept, mapping.fingerprint)].slice(0, KEPT));
    },
    drop(fingerprint) {
      store((kept) => without(kept, fingerprint));
    },
  };
}
