import adapter from '@sveltejs/adapter-node';

// One app per process (docs/decisions/0003): while developing, pages get it from the same file that
// attaches the sockets; in production `server/main.ts` puts it on the request.
const developing = process.argv.includes('dev');

/** @type {import('@sveltejs/kit').Config} */
export default {
  compilerOptions: { runes: true },
  kit: {
    adapter: withApp(adapter({ out: process.env.KENSHO_BUILD ?? 'build/byhand' })),
    csp: {
      mode: 'auto',
      directives: {
        'default-src': ['self'],
        'script-src': ['self'],
        'style-src': ['self'],
        // The announcer of SvelteKit carries this one style attribute.
        'style-src-attr': ['unsafe-hashes', 'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo='],
        'img-src': ['self', 'data:'],
        'font-src': ['self'],
        'connect-src': ['self'],
        'object-src': ['none'],
        'base-uri': ['none'],
        'frame-ancestors': ['none'],
        'form-action': ['self'],
      },
    },
  },
};

/** @param {import('@sveltejs/kit').Adapter} inner */
function withApp(inner) {
  return {
    ...inner,
    emulate: async () => ({
      platform: async () => {
        if (!developing) return { req: {} };
        const { developmentApp } = await import('./server/dev.ts');
        return { req: { app: developmentApp() } };
      },
    }),
  };
}
