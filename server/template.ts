/**
 * 自分の様式: the one Word template an office keeps, in the settings of its installation, so that the
 * next meeting offers it again. It stores what the office worker has checked, and opens nothing.
 */
import type { Instant } from '#domain/types.ts';
import type { Database } from './db/database.ts';
import { dropSetting, findSetting, putSetting } from './db/setting.ts';

export type StoredTemplate = { readonly name: string; readonly keptAt: Instant };

export type Templates = {
  /** Null where the office has none. */
  find(): (StoredTemplate & { readonly bytes: Uint8Array }) | null;
  /** Name and date alone. */
  about(): StoredTemplate | null;
  /** Replaces the one before. */
  keep(name: string, bytes: Uint8Array): void;
  drop(): void;
};

type Stored = StoredTemplate & { readonly data: string };

export function createTemplates(parts: {
  readonly database: Pick<Database, 'read' | 'transaction'>;
  readonly clock: () => Instant;
}): Templates {
  const { database, clock } = parts;
  const stored = (): Stored | null => {
    const text = findSetting(database.read, 'template');
    return text === undefined ? null : (JSON.parse(text) as Stored);
  };
  return {
    find() {
      const found = stored();
      if (!found) return null;
      const { name, keptAt, data } = found;
      return { name, keptAt, bytes: new Uint8Array(Buffer.from(data, 'base64')) };
    },
    about() {
      const found = stored();
      return found && { name: found.name, keptAt: found.keptAt };
    },
    keep(name, bytes) {
      const data = Buffer.from(bytes).toString('base64');
      const value = { name: name.slice(0, 200), keptAt: clock(), data } satisfies Stored;
      database.transaction((tx) => putSetting(tx, 'template', JSON.stringify(value)));
    },
    drop() {
      database.transaction((tx) => dropSetting(tx, 'template'));
    },
  };
}
