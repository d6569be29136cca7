/**
 * `kensho inspect`: what an evaluation table of an office says, as JSON on standard output. Needs no
 * data folder, no database and no server; the file is read on a thread with a deadline, as in the
 * server, so that a broken one ends with a sentence too.
 */
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { FileRefusal } from '#formats/notice.ts';
import { createOffice } from './office.ts';

/** Bytes that are taken in before anybody looks at them; the readers have their own, lower bound. */
const MOST_BYTES = 64 * 1024 * 1024;

const reasons: Readonly<Record<FileRefusal, string>> = {
  'file-empty': 'ファイルが空です / the file is empty',
  'file-too-large': 'ファイルが大きすぎます / the file is too large',
  'file-damaged': 'ファイルが壊れています / the file is damaged',
  'file-locked': 'パスワードのかかったファイルです / the file has a password',
  'file-encoding': '文字コードを判別できません / the character encoding is unknown',
  'file-kind-unknown': '読み取れない種類のファイルです / this kind of file is not read',
  'pdf-without-text': '画像だけのPDFです / the PDF holds pictures only',
  'file-too-complex':
    'ファイルが複雑すぎて読み取れません / the file is too complex to be read in time',
  'no-evaluation-table': '評価の表が見つかりません / no evaluation table here',
  busy: 'ほかのファイルを処理しています / other files are being read',
};

/** Prints the inspection of a file (`-` for standard input); 0 when there is one, else 2. */
export async function inspect(file: string): Promise<number> {
  const bytes = file === '-' ? await readStandardInput() : await readPath(file);
  if (bytes === 'unreadable')
    return refuse(file, 'ファイルを開けません / the file cannot be opened');
  if (bytes === 'file-too-large') return refuse(file, reasons[bytes], bytes);
  const office = createOffice({ workers: 1 });
  try {
    const read = await office.run('inspectFile', { name: basename(file), bytes });
    if (!read.ok) return refuse(file, reasons[read.code], read.code);
    await print(`${JSON.stringify(read.inspection, null, 2)}\n`);
    return 0;
  } finally {
    await office.close();
  }
}

async function readPath(path: string): Promise<Uint8Array | 'unreadable' | 'file-too-large'> {
  try {
    const { size } = await stat(path);
    return size > MOST_BYTES ? 'file-too-large' : await readFile(path);
  } catch {
    return 'unreadable';
  }
}

async function readStandardInput(): Promise<Uint8Array | 'file-too-large'> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MOST_BYTES) return 'file-too-large';
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function refuse(file: string, reason: string, code?: FileRefusal): number {
  const name = file === '-' ? '-' : basename(file);
  process.stderr.write(`${name}: ${reason}${code === undefined ? '' : ` (${code})`}\n`);
  return 2;
}

/** Waits until a pipe has taken everything, since the process ends afterwards. */
function print(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => (error ? reject(error) : resolve()));
  });
}
