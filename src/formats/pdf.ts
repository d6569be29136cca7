/**
 * Born-digital PDF as one grid in reading order: the tables its rules draw, and the prose between
 * them. Reads no form, no picture and no script; a file without text is refused by name.
 */
import { getDocumentProxy, getResolvedPDFJS } from 'unpdf';
import type { DocumentRead } from './docx.ts';
import type { FileRefusal } from './notice.ts';
import { readInk, type Ink, type Operators } from './pdfink.ts';
import { findBlocks, type Block } from './pdfpage.ts';
import { makeRows } from './pdfrows.ts';

/** Result tables have up to 60 pages; whatever is larger is another kind of document. */
export const pdfLimits = { pages: 300, operators: 4_000_000, milliseconds: 8_000 } as const;

type Document = Awaited<ReturnType<typeof getDocumentProxy>>;
type Page = Awaited<ReturnType<Document['getPage']>>;

/** Rejects with what the library throws for other reasons than a password or a broken file. */
export async function parsePdf(bytes: Uint8Array): Promise<DocumentRead> {
  const opened = await open(bytes);
  if (typeof opened === 'string') return { ok: false, code: opened };
  try {
    return await readPages(opened);
  } finally {
    await opened.loadingTask.destroy();
  }
}

/** The library keeps the bytes it is given, so it gets its own, and it takes no Buffer. */
async function open(bytes: Uint8Array): Promise<Document | FileRefusal> {
  try {
    return await getDocumentProxy(new Uint8Array(bytes), {
      useSystemFonts: false,
      disableFontFace: true,
      enableXfa: false,
      stopAtErrors: false,
      maxImageSize: 1,
      verbosity: 0,
    });
  } catch (error) {
    return error instanceof Error && error.name === 'PasswordException'
      ? 'file-locked'
      : 'file-damaged';
  }
}

async function readPages(document: Document): Promise<DocumentRead> {
  const { OPS: ops } = await getResolvedPDFJS();
  if (document.numPages > pdfLimits.pages) return { ok: false, code: 'file-too-complex' };
  const end = performance.now() + pdfLimits.milliseconds;
  const pages: (readonly Block[])[] = [];
  const pictures: number[] = [];
  let operators = 0;
  let glyphs = 0;
  for (let number = 1; number <= document.numPages; number++) {
    const page = await document.getPage(number);
    const list: Operators = await page.getOperatorList();
    operators += list.fnArray.length;
    const ink =
      operators > pdfLimits.operators || performance.now() > end ? null : readPage(page, list, ops);
    const blocks = ink && findBlocks(ink);
    if (!ink || !blocks) return { ok: false, code: 'file-too-complex' };
    if (ink.glyphs.length < 5 && ink.pictures > 0) pictures.push(number);
    glyphs += ink.glyphs.length;
    pages.push(blocks);
    page.cleanup();
  }
  if (glyphs < 5) return { ok: false, code: 'pdf-without-text' };
  const rows = makeRows(pages);
  if (!rows) return { ok: false, code: 'file-too-complex' };
  const notices = pictures
    .slice(0, 100)
    .map((number) => ({ code: 'page-unread' as const, at: `page ${number}`, stated: null }));
  return { ok: true, grids: [{ name: null, rows, notices }] };
}

function readPage(page: Page, list: Operators, ops: Readonly<Record<string, number>>): Ink | null {
  const fonts = new Map<string, { readonly vertical: boolean; readonly unit: number }>();
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = page.getViewport({ scale: 1 })
    .transform as readonly number[];
  return readInk(list, [a, b, c, d, e, f], {
    ops,
    font: (name) => {
      const known = fonts.get(name) ?? fontOf(page, name);
      fonts.set(name, known);
      return known;
    },
  });
}

/** A font the library could not load still has its usual unit, a thousandth. */
function fontOf(page: Page, name: string): { readonly vertical: boolean; readonly unit: number } {
  const font: unknown = page.commonObjs.has(name) ? page.commonObjs.get(name) : null;
  const held = typeof font === 'object' && font !== null ? font : {};
  const matrix: unknown = 'fontMatrix' in held ? held.fontMatrix : null;
  const first: unknown = Array.isArray(matrix) ? matrix[0] : null;
  return {
    vertical: 'vertical' in held && held.vertical === true,
    unit: typeof first === 'number' && first > 0 ? first : 0.001,
  };
}
