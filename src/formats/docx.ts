/**
 * Word documents (.docx, .docm) as one grid in reading order, by way of mammoth and our own HTML
 * reader. Gives mammoth only checked parts: no pictures, no macros, nothing outside the file.
 */
import { strFromU8, strToU8, zipSync } from 'fflate';
import mammoth from 'mammoth';
import { parseHtml } from './html.ts';
import type { Grid } from './grid.ts';
import type { FileRefusal } from './notice.ts';
import { checkMarkup } from './markup.ts';
import { openZip } from './zipguard.ts';

export type DocumentRead =
  | { readonly ok: true; readonly grids: readonly Grid[] }
  | { readonly ok: false; readonly code: FileRefusal };

const parts =
  /^(?:\[Content_Types\]\.xml|_rels\/\.rels|word\/(?:_rels\/document\d*\.xml\.rels|document\d*\.xml|styles\.xml|numbering\.xml))$/i;
/** mammoth builds a tree of everything; a table of 500 projects has 160,000 elements. */
const limits = { elements: 250_000, depth: 150 } as const;

/** Rejects with what the library throws. */
export async function parseDocx(bytes: Uint8Array): Promise<DocumentRead> {
  const zip = openZip(bytes, (name) => parts.test(name));
  if (!zip.ok) return zip;
  const files: Record<string, Uint8Array> = {};
  const notices: Grid['notices'][number][] = [];
  let body = false;
  for (const [name, content] of Object.entries(zip.files)) {
    const refused = checkMarkup(content, limits);
    if (refused) return { ok: false, code: refused };
    const main = /^word\/document\d*\.xml$/i.test(name);
    body ||= main;
    files[name] = main ? prepare(content, notices) : content;
  }
  if (!body) return { ok: false, code: 'file-damaged' };
  const packed = zipSync(files, { level: 0 });
  const { value } = await mammoth.convertToHtml(
    // Node's build of the library wants `buffer`, the one for browsers `arrayBuffer`.
    { buffer: packed as Buffer, arrayBuffer: packed.buffer },
    {
      convertImage: mammoth.images.imgElement(() => Promise.resolve({ src: '' })),
      externalFileAccess: false,
      includeEmbeddedStyleMap: false,
    },
  );
  const [document, ...tables] = parseHtml(value);
  return {
    ok: true,
    grids: document ? [{ ...document, notices }, ...tables] : [],
  };
}

/** What mammoth would drop or print in the wrong place, put right in the XML itself. */
function prepare(content: Uint8Array, notices: Grid['notices'][number][]): Uint8Array {
  let xml = strFromU8(content);
  // The reading over a word goes, the word itself would go with it.
  xml = xml.replace(/<w:rt>[\s\S]*?<\/w:rt>|<w:rubyPr>[\s\S]*?<\/w:rubyPr>/g, '');
  xml = xml.replace(/<\/?w:(?:ruby|rubyBase)>/g, '');
  // The number of a note would become part of a label or of a figure.
  const note = /<w:(?:footnote|endnote)Reference\b[^>]*>/g;
  if (note.test(xml)) notices.push({ code: 'notes-unread', at: 'document', stated: null });
  xml = xml.replace(note, '');
  // Only the fallback of a text box is read; one without it is lost.
  const boxes = xml.replace(/<mc:Fallback>[\s\S]*?<\/mc:Fallback>/g, '').match(/<wps:txbx\b/g);
  const fallbacks = xml.match(/<v:textbox\b/g);
  if ((boxes?.length ?? 0) > (fallbacks?.length ?? 0))
    notices.push({ code: 'text-box-unread', at: 'document', stated: null });
  return strToU8(xml);
}
