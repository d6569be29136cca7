/**
 * What one tick does to one room, in three steps that stand apart: judge and change the document,
 * store, tell. Nobody hears of anything before the commit; when the commit fails the changed
 * document is thrown away. Changing before storing means that nothing enters the log which Yjs
 * could not place: a poisoned row would lock the document at its next load.
 */
import * as Y from 'yjs';
import { CLOSE, type NackCode } from '#protocol/sync.ts';
import type { Tx } from '../db/database.ts';
import type { LogEntry } from '../db/document.ts';
import type { Connection } from './connection.ts';
import { policies, removables } from './content.ts';
import type { StoredDocument } from './document.ts';
import { readEdit, type Edit } from './edit.ts';
import { couldBeMade } from './order.ts';
import type { Room } from './room.ts';
import { judge, makeCase, type Case } from './rules.ts';
import { makeAck, makeNack } from './wire.ts';

/** Items that may be looked at to see whether an edit could be made. */
const PATIENCE = 100_000;

export type Frame = {
  readonly from: Connection;
  readonly number: number;
  /** When it came in, by the scheduler. */
  readonly at: number;
  readonly update: Uint8Array;
  readonly edit: Edit;
};

export class Turn {
  readonly #room: Room;
  readonly #frames: readonly Frame[];
  readonly #refused = new Map<Frame, NackCode>();
  readonly #writers = new Set<Connection>();
  /** No page sends what cannot be placed, and loading again costs time: they are sent away. */
  readonly #unplaceable = new Set<Connection>();
  #entries: LogEntry[] = [];
  #merged: Uint8Array | undefined;
  #confirm: (() => void) | undefined;

  private constructor(room: Room, frames: readonly Frame[]) {
    this.#room = room;
    this.#frames = frames;
  }

  /** The frames that wait, each judged against the document as the ones before it left it. */
  static ofFrames(room: Room): Turn {
    const turn = new Turn(room, room.takeFrames());
    // [Y7] once more, since an item may have been decided after a frame came in. Before the document
    // is touched: who is asked may bring it up to date first, and that is a change of its own.
    for (const { from } of turn.#frames) {
      if (room.rightOf(from.who.accountId).access === 'write') turn.#writers.add(from);
    }
    if (turn.#frames.length > 0) turn.#applyFrames();
    return turn;
  }

  /** A change in the server's own name. @throws what `work` throws; then nothing has changed */
  static ofServer(room: Room, work: (doc: Y.Doc) => void): Turn {
    const turn = new Turn(room, []);
    const { stored } = room;
    // It would be told as part of what is going on, and never stored.
    if (stored.doc._transaction) throw new Error('a change in the middle of another');
    try {
      turn.#merged = stored.collect(() => work(stored.doc));
    } catch (error) {
      room.forget();
      throw error;
    }
    if (turn.#merged) {
      stored.ownChange();
      turn.#entries.push({ accountId: null, at: room.house.clock(), data: turn.#merged });
    }
    return turn;
  }

  get needsStoring(): boolean {
    return this.#entries.length > 0 || this.#room.owesBinding;
  }

  get changes(): boolean {
    return this.#merged !== undefined;
  }

  store(tx: Tx): void {
    this.#confirm = this.#room.stored.store(tx, this.#entries);
  }

  /** After the commit. */
  tell(): void {
    this.#confirm?.();
    try {
      this.#room.tell(this.#merged, this.#answers(undefined));
      for (const connection of this.#unplaceable) connection.end(CLOSE.malformed, 'unplaceable');
    } catch (error) {
      this.#room.fail(error);
    }
  }

  /** After a commit that failed: what was changed for it is no state anybody may see. */
  lose(): void {
    if (this.needsStoring || this.changes) this.#room.forget();
    this.#room.tell(undefined, this.#answers('not-stored'));
  }

  #applyFrames(): void {
    for (;;) {
      let current: Frame | undefined;
      this.#entries = [];
      try {
        const { stored } = this.#room;
        const takeAll = () => {
          for (const frame of this.#frames) {
            if (this.#refused.has(frame)) continue;
            current = frame;
            this.#take(frame, stored);
          }
        };
        if (this.#frames.length > 1) {
          this.#merged = stored.collect(takeAll);
        } else {
          // What one frame adds is its row in the log, and can be told as it stands there.
          stored.doc.transact(takeAll);
          this.#merged = this.#entries[0]?.data;
        }
        return;
      } catch (error) {
        this.#room.forget();
        if (!current || this.#refused.has(current)) throw error;
        // [Y22] Yjs could not place what the rules let pass, or not where it would stand for
        // everybody ([Y23]): once more without this frame, from what is stored.
        this.#refuse(current, 'Y22', 'structure');
        this.#unplaceable.add(current.from);
      }
    }
  }

  #take(frame: Frame, stored: StoredDocument): void {
    // Who joins with nothing of its own answers the server's question with nothing.
    if (frame.edit.structs.length === 0 && frame.edit.deletes.length === 0) return;
    const { house } = this.#room;
    const { accountId } = frame.from.who;
    let { update } = frame;
    let the = this.#caseOf(frame, update, frame.edit);
    // [Y7] A reader answers the server's question too, and learns from the ack that nothing of it
    // is missing.
    if (!this.#writers.has(frame.from)) {
      if (the.trial.isNews) this.#refuse(frame, 'Y7', 'read-only');
      return;
    }
    let broken = judge(the, house.rules);
    if (!broken && the.trial.repeats) {
      // Two frames of one browser may overlap; what is said twice could be said differently.
      update = Y.diffUpdate(update, Y.encodeStateVector(stored.doc));
      the = this.#caseOf(frame, update, readEdit(update));
      broken = judge(the, house.rules);
    }
    if (broken) {
      this.#refuse(frame, broken.rule, broken.code);
    } else if (the.trial.isNews) {
      stored.apply(update);
      if (!couldBeMade(stored.doc, the.edit, PATIENCE))
        throw new Error('an order nobody could see');
      this.#entries.push({ accountId, at: house.clock(), data: update });
    }
  }

  #caseOf(frame: Frame, update: Uint8Array, edit: Edit): Case {
    const { house, ref, stored } = this.#room;
    return makeCase(edit, stored, {
      author: frame.from.who.accountId,
      policy: policies[ref.kind],
      removable: removables[ref.kind],
      limits: house.limits,
      size: (limit) => stored.size(update.byteLength, limit),
    });
  }

  #refuse(frame: Frame, rule: string, code: NackCode): void {
    this.#refused.set(frame, code);
    const { house, ref } = this.#room;
    const account = frame.from.who.accountId;
    house.log('frame-refused', { document: ref.name, account, rule, code });
  }

  /** Refusals one by one, then one ack for all that is stored of a connection. */
  #answers(failure: NackCode | undefined): Map<Connection, Uint8Array[]> {
    const answers = new Map<Connection, Uint8Array[]>();
    const stored = new Map<Connection, number>();
    const answer = (to: Connection, message: Uint8Array) => {
      const messages = answers.get(to);
      if (messages) messages.push(message);
      else answers.set(to, [message]);
    };
    const { observe, scheduler } = this.#room.house;
    const now = scheduler.now();
    for (const frame of this.#frames) {
      const code = this.#refused.get(frame) ?? failure;
      if (code) {
        answer(frame.from, makeNack(frame.number, code));
      } else {
        stored.set(frame.from, frame.number);
        observe?.acked(now - frame.at);
      }
      if (code === 'gap') frame.from.askAgain();
    }
    for (const [connection, number] of stored) answer(connection, makeAck(number));
    return answers;
  }
}
