import { sveltekit } from '@sveltejs/kit/vite';
import type { Server } from 'node:http';
import { pathToFileURL } from 'node:url';
import { defineConfig, type Plugin } from 'vite';
import type * as development from './server/dev.ts';

type Development = typeof development;

/** While developing: Socket.IO and the Yjs door on Vite's own server and port. */
const sockets: Plugin = {
  name: 'kensho-sockets',
  apply: 'serve',
  async configureServer({ httpServer }) {
    if (!httpServer) return;
    // By its URL, so that this is the same copy that svelte.config.js hands to the pages.
    const file = pathToFileURL('server/dev.ts').href;
    const { attachDevelopment } = (await import(file)) as Development;
    attachDevelopment(httpServer as Server);
  },
};

export default defineConfig(({ mode }) => ({
  plugins: mode === 'test' ? [] : [sveltekit(), sockets],
  server: { port: Number(process.env['PORT'] ?? 3000), strictPort: true },
  build: { target: 'es2022' },
}));
