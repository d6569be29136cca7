/**
 * 検証ツール: puts the page that checks a record together as one HTML file with its script and style
 * inside, so that it works served and opened from a disk. Its policy allows exactly these two texts
 * and no connection.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';

const source = (root: string) => join(root, 'src', 'lib', 'checker');

/** @param root the folder of the repository. @throws when the script cannot be built */
export async function makeChecker(root: string): Promise<string> {
  const folder = source(root);
  const style = readFileSync(join(folder, 'checker.css'), 'utf8');
  const script = await bundle(root, join(folder, 'main.ts'));
  const policy = [
    "default-src 'none'",
    `script-src '${hashOf(script)}'`,
    `style-src '${hashOf(style)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const parts: Readonly<Record<string, string>> = { policy, style, script };
  const page = readFileSync(join(folder, 'checker.html'), 'utf8');
  // The hash is of all that stands in the element, white space of the template would count.
  return page.replace(/\s*%(policy|style|script)%\s*/g, (_, name: string) => parts[name] ?? '');
}

async function bundle(root: string, entry: string): Promise<string> {
  const made = await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    build: {
      write: false,
      target: 'es2022',
      lib: { entry, formats: ['iife'], name: 'checker' },
    },
  });
  const outputs = Array.isArray(made) ? made : [made];
  for (const each of outputs) {
    const chunk = 'output' in each ? each.output[0] : undefined;
    // What ends a script element would end ours too.
    if (chunk) return chunk.code.replaceAll('</script', String.raw`<\/script`);
  }
  throw new Error('the checker could not be built');
}

const hashOf = (text: string): string =>
  `sha256-${createHash('sha256').update(text).digest('base64')}`;
