/**
 * The office's own Word template: checked field by field, then filled. It knows names from a list
 * and loops, and evaluates nothing; what it cannot place is a problem with tag and place, never a gap.
 */
import Docxtemplater from 'docxtemplater';
import { strFromU8, strToU8, zipSync } from 'fflate';
import PizZip from 'pizzip';
import { checkMarkup } from './markup.ts';
import type { FileRefusal } from './notice.ts';
import { templateData, type TemplateSource, type TemplateValue } from './templatedata.ts';
import { isLoop, loopsOf, templateLimits } from './templatefields.ts';
import { openZip } from './zipguard.ts';

/** What is wrong with a template; one word per thing its author can do about it. */
export const templateProblems = [
  'field-unknown', // no field of this name
  'field-misplaced', // the field stands outside its loop; `loops` names the loops it needs
  'loop-unclosed', // {{#事業}} without {{/事業}}
  'loop-unopened', // {{/事業}} without {{#事業}}
  'loop-crossed', // closed in another order than opened
  'loop-torn', // opens in one cell of a table and closes elsewhere
  'loop-as-field', // {{事業}} where {{#事業}} … {{/事業}} is meant
  'tag-unclosed', // {{ without }}
  'tag-unopened', // }} without {{
  'tag-refused', // {{@…}}, {{=…}}, arithmetic: nothing but names is filled in
] as const;
export type TemplateProblemCode = (typeof templateProblems)[number];

export type TemplateProblem = {
  readonly code: TemplateProblemCode;
  /** The tag as written, without braces. */
  readonly tag: string;
  /** The paragraph it stands in, shortened; null where it cannot be found. */
  readonly near: string | null;
  /** Number of that paragraph in the text, from 1; null in headers and footers. */
  readonly paragraph: number | null;
  /** For a misplaced field: the loops it needs around it, outermost first. */
  readonly loops: readonly string[];
};

export type TemplateRefusal =
  | FileRefusal
  | 'template-kind' // no Word document
  | 'template-macro' // with macros
  | 'template-external' // links to pictures or templates elsewhere
  | 'template-problems';

export type TemplateFilled =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | {
      readonly ok: false;
      readonly code: TemplateRefusal;
      readonly problems: readonly TemplateProblem[];
    };

/** Fills a template with a table; the template is checked first. */
export function fillTemplate(order: {
  readonly template: Uint8Array;
  readonly source: TemplateSource;
}): TemplateFilled {
  return withTemplate(order.template, (document) => {
    document.render(templateData(order.source));
    // Without the entries for folders that PizZip writes: they have no content type.
    const parts = Object.values(document.getZip().files).filter(({ dir }) => !dir);
    return zipSync(Object.fromEntries(parts.map((part) => [part.name, part.asUint8Array()])));
  });
}

/** Whether a template can be filled at all: every tag known, every loop closed. */
export function checkTemplate(order: { readonly template: Uint8Array }): TemplateFilled {
  return withTemplate(order.template, () => new Uint8Array());
}

function withTemplate(
  template: Uint8Array,
  work: (document: Docxtemplater<PizZip>) => Uint8Array,
): TemplateFilled {
  const files = openTemplate(template);
  if (typeof files === 'string') return refuse(files);
  const parsed = new Map<string, readonly Tag[]>();
  try {
    const document = new Docxtemplater(new PizZip(zipSync(files, { level: 0 })), {
      modules: [collector(parsed)],
      delimiters: { start: '{{', end: '}}' },
      syntax: { changeDelimiterPrefix: null },
      paragraphLoop: true,
      linebreaks: true,
      stripInvalidXMLChars: true,
      parser: (tag) => ({ get: (_, { scopeList }) => lookUp(tag, scopeList) }),
      errorLogging: false,
    });
    const problems = [...parsed].flatMap(([file, tags]) => check(tags, [], placeIn(files, file)));
    if (problems.length > 0) return refuse('template-problems', problems);
    return { ok: true, bytes: work(document) };
  } catch (error) {
    const problems = problemsOf(error, files);
    return problems.length > 0 ? refuse('template-problems', problems) : refuse('file-damaged');
  }
}

function refuse(
  code: TemplateRefusal,
  problems: readonly TemplateProblem[] = [],
): TemplateFilled & { readonly ok: false } {
  return { ok: false, code, problems: problems.slice(0, templateLimits.problems) };
}

type Files = Record<string, Uint8Array>;
const DOCUMENT = 'word/document.xml';
const markupLimits = { elements: 200_000, depth: 200 } as const;

/** The parts of a Word document, or why it is refused. A .dotx becomes a document. */
function openTemplate(template: Uint8Array): Files | TemplateRefusal {
  if (template.length === 0) return 'file-empty';
  if (template.length > templateLimits.bytes) return 'file-too-large';
  if (template[0] !== 0x50 || template[1] !== 0x4b) return 'template-kind';
  const zip = openZip(template, () => true);
  if (!zip.ok) return zip.code;
  const files: Files = { ...zip.files };
  const types = files['[Content_Types].xml'];
  if (!types || !files[DOCUMENT]) return 'template-kind';
  if (Object.keys(files).some((name) => /vbaProject|\/activeX\//i.test(name)))
    return 'template-macro';
  for (const [name, bytes] of Object.entries(files)) {
    if (!/\.(?:xml|rels)$/i.test(name)) continue;
    const xml = strFromU8(bytes);
    const markup = checkMarkup(bytes, markupLimits);
    if (markup) return markup;
    if (name === DOCUMENT && !/<\/\w+:document>\s*$/.test(xml)) return 'file-damaged';
    // Word would fetch it from wherever the link leads, on every machine that opens the result.
    const external = [...xml.matchAll(/<Relationship\b[^>]*>/g)].some(
      ([tag]) => /TargetMode="External"/i.test(tag) && !/\/hyperlink"/.test(tag),
    );
    if (external) return 'template-external';
  }
  files['[Content_Types].xml'] = strToU8(
    strFromU8(types).replaceAll(
      'wordprocessingml.template.main+xml',
      'wordprocessingml.document.main+xml',
    ),
  );
  return files;
}

/** The innermost scope that has the name. Scopes are our own data: names are never evaluated. */
function lookUp(tag: string, scopes: readonly unknown[]): TemplateValue {
  for (const scope of scopes.toReversed())
    if (typeof scope === 'object' && scope !== null && Object.hasOwn(scope, tag))
      return (scope as Readonly<Record<string, TemplateValue>>)[tag] ?? '';
  return '';
}

/** Hears what the library found in each part of the file (its own listener needs one package more). */
function collector(parsed: Map<string, readonly Tag[]>) {
  let file = '';
  return {
    name: 'collector',
    set({ inspect }: { inspect?: { filePath?: string; postparsed?: readonly Tag[] } }) {
      if (inspect?.filePath) file = inspect.filePath;
      if (inspect?.postparsed) parsed.set(file, inspect.postparsed);
    },
  };
}

type Tag = {
  readonly type?: string;
  readonly value?: string;
  readonly module?: string;
  readonly raw?: string;
  readonly subparsed?: readonly Tag[];
};
type Place = (tag: string) => Pick<TemplateProblem, 'near' | 'paragraph'>;

function check(tags: readonly Tag[], around: readonly string[], place: Place): TemplateProblem[] {
  return tags.flatMap(({ type, value = '', module = '', subparsed }) => {
    if (type !== 'placeholder') return [];
    const inner = subparsed ? check(subparsed, [...around, value], place) : [];
    const loops = loopsOf(value);
    const problem = (code: TemplateProblemCode): TemplateProblem[] => [
      { code, tag: value, loops: code === 'field-misplaced' ? (loops ?? []) : [], ...place(value) },
      ...inner,
    ];
    if (module !== '' && module !== 'loop') return problem('tag-refused');
    if (!loops)
      return problem(/^[^\p{L}]|[+*()[\]|?<>=]/u.test(value) ? 'tag-refused' : 'field-unknown');
    if (!loops.every((loop) => around.includes(loop))) return problem('field-misplaced');
    if (!subparsed && isLoop(value)) return problem('loop-as-field');
    return inner;
  });
}

/** Finds the paragraph of a tag in one part of the file. */
function placeIn(files: Files, file: string): Place {
  const xml = strFromU8(files[file] ?? new Uint8Array());
  const paragraphs = [...xml.matchAll(/<w:p[ >].*?<\/w:p>/gs)].map(([paragraph]) =>
    plain(paragraph),
  );
  return (tag) => {
    const index = paragraphs.findIndex((text) => tag !== '' && text.includes(tag));
    const text = paragraphs[index];
    if (text === undefined) return { near: null, paragraph: null };
    const from = Math.max(0, text.indexOf(tag) - 12);
    const near = `${from > 0 ? '…' : ''}${text.slice(from, from + 40)}`;
    return { near, paragraph: file === DOCUMENT ? index + 1 : null };
  };
}

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};
function plain(xml: string): string {
  return [...xml.matchAll(/<w:t[ >][^<]*/g)]
    .map(([run]) => run.slice(run.indexOf('>') + 1))
    .join('')
    .replace(/&(amp|lt|gt|quot|apos);/g, (whole, name: string) => entities[name] ?? whole);
}

const codes: Readonly<Record<string, TemplateProblemCode>> = {
  unclosed_loop: 'loop-unclosed',
  unopened_loop: 'loop-unopened',
  closing_tag_does_not_match_opening_tag: 'loop-crossed',
  unbalanced_loop_tags: 'loop-torn',
  loop_position_invalid: 'loop-torn',
  no_xml_tag_found_at_left: 'loop-torn',
  no_xml_tag_found_at_right: 'loop-torn',
  unclosed_tag: 'tag-unclosed',
  duplicate_open_tag: 'tag-unclosed',
  unopened_tag: 'tag-unopened',
  duplicate_close_tag: 'tag-unopened',
  raw_xml_tag_should_be_only_text_in_paragraph: 'tag-refused',
  unimplemented_tag_type: 'tag-refused',
};

/** What the library found wrong with the tags; nothing when the file itself is broken. */
function problemsOf(error: unknown, files: Files): TemplateProblem[] {
  const { properties } = (error ?? {}) as { properties?: Properties };
  const all = properties?.errors?.map((each) => each.properties) ?? [properties];
  return all.flatMap((each): TemplateProblem[] => {
    const code = codes[each?.id ?? ''];
    if (!each || !code) return [];
    const tag = String(each.xtag ?? each.openingtag ?? '').replace(/^[{}#/^]+|[{}]+$/g, '');
    const sign = code === 'loop-unopened' ? '/' : code === 'loop-unclosed' ? '#' : '';
    const place = placeIn(files, each.file ?? DOCUMENT);
    return [{ code, tag, loops: [], ...place(`${sign}${tag}`) }];
  });
}
type Properties = {
  readonly id?: string;
  readonly xtag?: string;
  readonly openingtag?: string;
  readonly file?: string;
  readonly errors?: readonly { readonly properties?: Properties }[];
};
