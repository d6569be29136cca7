/**
 * One finding as a sentence, and as a polite question to the section in charge. Puts figures into the
 * words of `findingwords.ts`; decides nothing.
 */
import { judgementWords } from '#domain/check.ts';
import { deltaBaseWords } from '#domain/deltacheck.ts';
import type { Finding, ProjectSheet } from '#domain/sheet.ts';
import { findingWords, type Language } from './findingwords.ts';
import { findingCodes, type FindingCode } from './notice.ts';

/** Words that findings hold as offices print them, in English. */
const english: ReadonlyMap<string, string> = new Map([
  [judgementWords.achieved, 'achieved'],
  [judgementWords.missed, 'missed'],
  [judgementWords.unmeasured, 'not measured'],
  [judgementWords.pending, 'not due yet'],
  [deltaBaseWords.start, 'the start'],
  [deltaBaseWords.previousActual, 'the actual of the year before'],
  [deltaBaseWords.previousTarget, 'the target of the year before'],
]);

/** The sentence of a finding with its figures; without them where it has none. */
export function makeFindingText(finding: Finding, language: Language = 'ja'): string {
  if (!isFindingCode(finding.code)) return finding.code;
  const { what, told } = findingWords[language][finding.code];
  if (told === undefined) return what;
  let missing = false;
  const text = told.replaceAll(/\{(stated|recomputed|formula)\}/g, (_, key: string) => {
    const value = figureOf(finding, key, language);
    missing ||= value === null;
    return value ?? '';
  });
  return missing ? what : text;
}

export const isFindingCode = (code: string): code is FindingCode =>
  findingCodes.some((each) => each === code);

/** `stated`, `recomputed` or `formula` of a finding, in the words of the language. */
export function figureOf(finding: Finding, key: string, language: Language): string | null {
  const value =
    key === 'stated' ? finding.stated : key === 'recomputed' ? finding.recomputed : finding.formula;
  if (value === null || language === 'ja') return value;
  return value
    .split(' / ')
    .map((part) => english.get(part) ?? part)
    .join(' / ');
}

/** What the section is asked to do about a finding; by default to look and to answer. */
const requests: Partial<Record<FindingCode, readonly [ja: string, en: string]>> = {
  'direction-unconfirmed': [
    'この指標は、増えると良いもの、減ると良いもの、維持するもののどれでしょうか。',
    'Is more better here, or less, or should it stay as it is?',
  ],
  outlier: [
    '桁や単位を含め、この数値で正しいかお知らせください。',
    'Please tell us whether these figures are right, with their digits and unit.',
  ],
  'target-already-met': [
    '目標値を見直す予定があるかお知らせください。',
    'Please tell us whether the target is going to be revised.',
  ],
  'missing-reason': ['理由をお知らせください。', 'Please tell us the reason.'],
  'missing-planned-date': [
    '計測する予定の時期をお知らせください。',
    'Please tell us when it will be measured.',
  ],
  'not-a-measurement': [
    '計測した結果が0なのか、計測していないのかをお知らせください。',
    'Please tell us whether 0 was measured, or nothing was measured.',
  ],
  'over-limit': ['上限に収まる文をお知らせください。', 'Please send a text that fits.'],
  'part-unanswered': ['回答をお願いします。', 'Please answer it.'],
};
const request: readonly [ja: string, en: string] = [
  '正しい数値または計算の方法をお知らせください。',
  'Please tell us the right figures, or how they were computed.',
];

/**
 * A finding as a question to the section (所管課) of a sheet: which KPI, what is printed, what it comes
 * to, what is asked for. One paragraph, ready to be sent and free to be edited.
 */
export function makeQuestion(
  finding: Finding,
  sheet: ProjectSheet,
  language: Language = 'ja',
): string {
  const { code, field } = finding;
  const kpi = field?.kpi == null ? null : sheet.kpis[field.kpi];
  const label = kpi ? `${kpi.mark ?? ''}${kpi.label ?? ''}` : (finding.kpi ?? '');
  const name = [sheet.no, sheet.name].filter(Boolean).join(' ');
  const asked = (isFindingCode(code) ? requests[code] : undefined) ?? request;
  const text = makeFindingText(finding, language);
  if (language === 'en') {
    const about = [name, label].filter(Boolean).join(', ');
    return `${about === '' ? '' : `About ${about}: `}${text} ${asked[1]}`;
  }
  const subject = [name && `「${name}」`, label && `「${label}」`].filter(Boolean).join('の');
  return `${subject === '' ? '' : `${subject}についてお尋ねします。`}${text}${asked[0]}`;
}
