/** Runs one of the installed tools under the same Node as the caller. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
/** A hundred servers are started in the tests: half of a start is compiling the same files again. */
const compiled = join(root, 'node_modules', '.cache', 'compiled');

/** The tool's exit code; 1 when it could not be started. */
export function run(tool: string, parameters: readonly string[]): Promise<number> {
  return new Promise((resolve) => {
    const path = join(root, 'node_modules', '.bin', tool);
    const child = spawn(path, parameters, {
      cwd: root,
      env: { NODE_COMPILE_CACHE: compiled, ...process.env },
      stdio: 'inherit',
      shell: process.platform === 'win32',
    });
    child.on('error', () => resolve(1));
    child.on('exit', (code) => resolve(code ?? 1));
  });
}
