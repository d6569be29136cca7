/** A network that breaks: a TCP line between browsers and the house that is cut at points drawn by chance. */
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import type { Chance } from '../fuzz/chance.ts';

export class FlappingLink {
  readonly #server: Server;
  readonly #chance: Chance;
  readonly #port: number;
  readonly #sockets = new Set<Socket>();
  isFlapping = true;
  cuts = 0;

  private constructor(port: number, chance: Chance) {
    this.#port = port;
    this.#chance = chance;
    this.#server = createServer((near) => this.#join(near));
  }

  /** @param port where the house listens */
  static async open(port: number, chance: Chance): Promise<FlappingLink> {
    const link = new FlappingLink(port, chance);
    await new Promise<void>((resolve) => link.#server.listen(0, '127.0.0.1', resolve));
    onTestFinished(async () => {
      for (const socket of link.#sockets) socket.destroy();
      await new Promise<void>((resolve) => link.#server.close(() => resolve()));
    });
    return link;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  #join(near: Socket): void {
    const far = connect(this.#port, '127.0.0.1');
    // In the middle of a handshake, of a command, of an answer.
    let left = 200 + this.#chance.below(3000);
    const cut = () => {
      near.destroy();
      far.destroy();
    };
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#sockets.add(from);
      from.setNoDelay(true);
      from.on('error', cut);
      from.on('close', () => {
        this.#sockets.delete(from);
        cut();
      });
      from.on('data', (bytes: Buffer) => {
        if (to.destroyed) return;
        left -= bytes.length;
        if (!this.isFlapping || left > 0) return void to.write(bytes);
        this.cuts += 1;
        // What is on the way may still arrive, or part of it.
        const part = bytes.subarray(0, this.#chance.below(bytes.length + 1));
        to.write(part, cut);
      });
    }
  }
}
