/**
 * 除斥の提案: whether a project names the body somebody belongs to ([B17]). It only proposes; whether
 * a person stands aside is for people to say.
 */
import type { ProjectSheet } from './sheet.ts';

/** What stands before or behind the name of a body and says only what kind it is. */
const legalForms = [
  '独立行政法人',
  '地方独立行政法人',
  '国立大学法人',
  '公立大学法人',
  '特定非営利活動法人',
  '社会福祉法人',
  '医療法人',
  '学校法人',
  '宗教法人',
  '一般社団法人',
  '一般財団法人',
  '公益社団法人',
  '公益財団法人',
  '社団法人',
  '財団法人',
  '株式会社',
  '有限会社',
  '合同会社',
  '合資会社',
  '合名会社',
  'NPO法人',
] as const;
/** (株), (一社) … after NFKC, which makes one of ㈱ and （株）. */
const shortForms = /\((?:株|有|合|資|名|一社|一財|公社|公財|社福|独|学|医|特非|福|財|社)\)/gu;
/** Ranks and offices: they stand in every second affiliation and name nobody. */
const offices =
  /^(?:名誉|特任|代表|専務|常務|取締|理事|会長|副会長|社長|副社長|支店長|支配人|所長|部長|課長|局長|校長|園長|教授|准教授|講師|助教|研究員|事務局|代表者|委員|顧問|相談役|公募|市民|住民|町民|村民|区民|学識経験者|産業界|経済界|金融機関|労働団体|メディア|行政|傍聴)/u;

/** Shorter names are found by accident. */
const SHORTEST = 3;

/** Width, spaces and the kind of body aside. */
const plain = (text: string): string =>
  legalForms
    .reduce((rest, form) => rest.replaceAll(form, ''), text.normalize('NFKC'))
    .replace(shortForms, '')
    .replace(/\s+/gu, '')
    .toLowerCase();

/** The names an affiliation is made of: みほん大学 地域学部 教授 → みほん大学, 地域学部. */
function namesIn(affiliation: string): readonly string[] {
  return affiliation
    .normalize('NFKC')
    .split(/[\s、,・/／()「」]+/u)
    .map(plain)
    .filter((name) => [...name].length >= SHORTEST && !offices.test(name));
}

/** The words of a project in which a partner would be named; not the sections, which are the town's. */
const wordsOf = (sheet: ProjectSheet): readonly string[] =>
  [
    sheet.name,
    sheet.overview,
    sheet.kpiNote,
    ...sheet.effects,
    ...sheet.kpis.flatMap(({ label, comment, series }) => [
      label,
      comment,
      ...series.map((point) => point.comment),
    ]),
    ...sheet.activities.flatMap(({ name, quantitative, qualitative }) => [
      name,
      ...quantitative,
      ...qualitative,
    ]),
    ...sheet.plans.flatMap(({ planned, done }) => [planned, done]),
    ...(sheet.report
      ? [sheet.report.cooperation, ...sheet.report.settled.costs.map(({ name }) => name)]
      : []),
  ].flatMap((text) => (text ? [plain(text)] : []));

/** [B17] The name of the body as the project has it, or null where it names none of the person's. */
export function namedIn(affiliation: string, sheet: ProjectSheet): string | null {
  const texts = wordsOf(sheet);
  const names = namesIn(affiliation).toSorted((one, other) => other.length - one.length);
  return names.find((name) => texts.some((text) => text.includes(name))) ?? null;
}
