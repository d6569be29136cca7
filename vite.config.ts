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

/**
 * A browser in a meeting room fetches a few files and no hundred: what pages share is one file, what
 * speaks to the server is one, and the editor is one that only the pages with text ask for.
 */
const fewFiles: Plugin = {
  name: 'kensho-few-files',
  apply: 'build',
  outputOptions(options) {
    if (this.environment.name !== 'client') return options;
    const groups = [
      { name: 'live', test: /node_modules\/(yjs|lib0|y-|socket\.io|engine\.io|@socket\.io)/ },
      {
        name: 'editor',
        test: /node_modules\/(@tiptap|prosemirror|orderedmap|rope-sequence|w3c-keyname)/,
      },
      { name: 'pages', test: /\.(ts|js|svelte)(\?|$)/, minShareCount: 2 },
    ];
    return {
      ...options,
      codeSplitting: {
        groups: groups.map((group, index) => ({ ...group, priority: groups.length - index })),
      },
    };
  },
};

export default defineConfig(({ mode }) => ({
  plugins: mode === 'test' ? [] : [sveltekit(), sockets, checker, fewFiles],
  server: { port: Number(process.env['PORT'] ?? 3000), strictPort: true },
  build: { target: 'es2022' },
}));
