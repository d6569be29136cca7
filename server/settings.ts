/** Reads the environment once, at the start of a process. Nothing else looks at `process.env`. */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { usualKeeping, type Keeping } from './retention.ts';

export type Settings = {
  readonly port: number;
  readonly host: string;
  /** Folder of the database; made when it is not there. */
  readonly dataDir: string;
  readonly databaseFile: string;
  /** Public address behind a proxy (`https://kensho.example.jp`), or null. */
  readonly origin: string | null;
  /** Lets a collector of metrics in without an account; null lets none in. */
  readonly metricsToken: string | null;
  /** How long what may be forgotten is kept. */
  readonly keeping: Keeping;
};

/** Shorter ones can be guessed. */
const TOKEN_LENGTH = 16;

/** @throws with a sentence for the person who set a value wrongly */
export function readSettings(
  environment: Readonly<Record<string, string | undefined>>,
  given: { readonly port?: number; readonly dataDir?: string } = {},
): Settings {
  const port = given.port ?? Number(environment['PORT']?.trim() || 3000);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`PORT is not a port number: ${environment['PORT'] ?? String(port)}`);
  }
  const dataDir = resolve(given.dataDir ?? environment['DATA_DIR'] ?? 'data');
  // Ballots and password hashes are in it: nobody else on the machine has to look inside.
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const address = environment['ORIGIN']?.trim();
  if (address && !URL.canParse(address)) throw new Error(`ORIGIN is not an address: ${address}`);
  const origin = address ? new URL(address).origin : null;
  const days = (name: string, usual: number): number => {
    const text = environment[name]?.trim() || String(usual);
    if (!/^[0-9]{1,5}$/.test(text)) throw new Error(`${name} is not a number of days: ${text}`);
    return Number(text);
  };
  const metricsToken = environment['METRICS_TOKEN']?.trim() || null;
  if (metricsToken !== null && metricsToken.length < TOKEN_LENGTH) {
    throw new Error(`METRICS_TOKEN is shorter than ${TOKEN_LENGTH} characters`);
  }
  return {
    port,
    host: environment['HOST'] ?? '0.0.0.0',
    dataDir,
    databaseFile: join(dataDir, 'kensho.db'),
    origin,
    metricsToken,
    keeping: {
      historyDays: days('KEEP_HISTORY_DAYS', usualKeeping.historyDays),
      accessDays: days('KEEP_ACCESS_DAYS', usualKeeping.accessDays),
      draftDays: days('KEEP_DRAFT_DAYS', usualKeeping.draftDays),
      ratingDays: days('KEEP_RATING_DAYS', usualKeeping.ratingDays),
    },
  };
}
