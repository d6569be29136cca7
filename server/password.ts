/**
 * Passwords: hashed, compared, and slower after wrong ones. The only file that knows the hash, so
 * that it can be replaced in a day.
 */
import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import type { AccountId, Instant } from '#domain/types.ts';
import * as accounts from './db/account.ts';
import type { Database, Tx } from './db/database.ts';
import type { AuthResult } from './seams.ts';
import { sha256 } from './sha256.ts';

/** After wrong passwords (ms). */
const LONGEST_PAUSE = 15 * 60_000;
const argon2 = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

export type Passwords = {
  readonly hash: (password: string) => Promise<string>;
  /** Whose account it is, if the password is right. `address` is where the try comes from. */
  readonly check: (
    email: string,
    password: string,
    address: string,
  ) => Promise<AuthResult<{ accountId: AccountId }>>;
};

export function createPasswords(database: Database, clock: () => Instant): Passwords {
  const inTurn = createGate(4);
  let dummy: Promise<string> | undefined;

  return {
    hash: (password) => inTurn(() => hash(password, argon2)),
    async check(email, password, address) {
      const subjects = [`account:${sha256(email.toLowerCase())}`, `address:${address}`];
      const blocked = () =>
        subjects.some((subject) => {
          const until = accounts.findAttempt(database.read, subject)?.blocked_until ?? 0;
          const left = until - clock();
          // More than any pause: the machine's clock was ahead, and has been put right since.
          return left > 0 && left <= LONGEST_PAUSE;
        });
      const account = accounts.findAccount(database.read, { email });
      // Made at the first try of all, whoever it is, and compared where nobody has this address: an
      // unknown one takes as long as a wrong password.
      const nobodys = await (dummy ??= hash(randomBytes(32).toString('base64url'), argon2));
      const stored = account?.passwordHash ?? nobodys;
      // All inside the gate: of many tries at once most wait there for the first ones to fail.
      const code = await inTurn(async () => {
        if (blocked()) return 'too-many-attempts';
        const right = await verify(stored, password);
        database.transaction((tx) => {
          for (const subject of subjects) {
            if (right) accounts.clearFailures(tx, subject);
            else countFailure(tx, subject, clock());
          }
        });
        return right ? null : 'wrong-password';
      });
      if (code !== null) return { ok: false, code };
      // Nobody knows the password of the dummy, so there is an account where one was right.
      return account ? { ok: true, accountId: account.id } : { ok: false, code: 'wrong-password' };
    },
  };
}

/**
 * Some free tries, then a pause that doubles up to a quarter of an hour; never a permanent lock. A
 * whole office has one address, so one person's mistakes must not keep the others out.
 */
function countFailure(tx: Tx, subject: string, now: Instant): void {
  const failures = (accounts.findAttempt(tx, subject)?.failures ?? 0) + 1;
  const free = subject.startsWith('address:') ? 50 : 5;
  const pause = failures < free ? 0 : Math.min(1000 * 2 ** (failures - free), LONGEST_PAUSE);
  accounts.recordFailure(tx, subject, failures, now + pause);
}

/** At most `places` pieces of work at once; the others wait their turn. */
function createGate(places: number) {
  let free = places;
  const waiting: (() => void)[] = [];
  return async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}
