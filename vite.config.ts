import { sveltekit } from '@sveltejs/kit/vite';
import type { Server } from 'node:http';
import { pathToFileURL } from 'node:url';
import { defineConfig, type Plugin } from 'vite';
import { makeChecker } from './server/checker.ts';
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

/** 検証ツール at /checker.html: one file among those of the browser. */
const checker: Plugin = {
  name: 'kensho-checker',
  async generateBundle() {
    if (this.environment.name !== 'client') return;
    const source = await makeChecker(import.meta.dirname);
    this.emitFile({ type: 'asset', fileName: 'checker.html', source });
  },
  configureServer({ middlewares }) {
    middlewares.use('/checker.html', (_, response, next) => {
      makeChecker(import.meta.dirname).then((page) => {
        response.setHeader('Content-Type', 'text/html; charset=utf-8');
        response.end(page);
      }, next);
    });
  },
};

export default defineConfig(({ mode }) => ({
  plugins: mode === 'test' ? [] : [sveltekit(), sockets, checker],
  server: { port: Number(process.env['PORT'] ?? 3000), strictPort: true },
  build: { target: 'es2022' },
}));
