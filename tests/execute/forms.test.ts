/** [W1] [W7] the report form in a running house: the sheet by command, rights, and what a crash leaves. */
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type * as Y from 'yjs';
import { kpiField } from '#domain/formfield.ts';
import { EDITOR_SCHEMA, FORM_ROOTS, sheetDocument } from '#protocol/documents.ts';
import { CLOSE } from '#protocol/sync.ts';
import { Street } from './street.ts';

const comment = kpiField(0, 'comment');
const label = kpiField(0, 'label');

async function opened() {
  const { street, meeting } = await Street.withMeeting();
  const section = meeting.guest('section');
  const name = sheetDocument(meeting.item().id);
  const page = await street.document(section, name);
  const { forms } = meeting.house.app;
  const text = (key: string) => page.doc.getMap<Y.Text>(FORM_ROOTS.texts).get(key) as Y.Text;
  const told = (key: string, words: string) => page.until(() => text(key).toJSON() === words);
  const stored = (key: string) => forms.fields(meeting.state, meeting.item())[key];
  /** Typed by the section; done when the server has it. */
  const type = async (key: string, words: string): Promise<void> => {
    text(key).insert(text(key).length, words);
    await expect.poll(() => stored(key)).toContain(words);
  };
  return { street, meeting, section, name, text, told, type, stored };
}

test('[W7] typed words wait beside the sheet until a command takes them there', async () => {
  const { meeting, section, type, stored } = await opened();
  const { forms } = meeting.house.app;
  const before = meeting.item();
  await type(comment, '説明会を開いた。');
  expect(meeting.item()).toBe(before);
  expect(forms.waiting(meeting.state, meeting.item())).toBe(1);
  expect(forms.reflect(meeting.state, meeting.item(), section)).toMatchObject({ ok: true });
  const { sheet, sheetRev } = meeting.item();
  const point = sheet.kpis[0]?.series.find(({ year }) => year === meeting.state.evaluatedYear);
  expect(point?.comment).toBe('説明会を開いた。');
  expect(sheetRev).toBe(before.sheetRev + 1);
  expect(stored(comment)).toBe('説明会を開いた。');
  expect(forms.waiting(meeting.state, meeting.item())).toBe(0);
  expect(sheet.kpis[0]?.finalTarget).toEqual(before.sheet.kpis[0]?.finalTarget);
});

test('[W7] a sheet the secretariat mends shows in the open form, typed words stay', async () => {
  const { meeting, told, type, stored } = await opened();
  await type(comment, '書きかけ');
  const { id: itemId, sheet } = meeting.item();
  const kpis = sheet.kpis.map((kpi, n) => (n === 0 ? { ...kpi, label: '開発数' } : kpi));
  const changed = { ...sheet, kpis };
  meeting.do(meeting.guest('secretariat'), { type: 'changeItem', itemId, sheet: changed });
  await told(label, '開発数');
  expect(stored(comment)).toBe('書きかけ');
});

test('[W7] a crash between command and telling: the form catches up when it is opened', async () => {
  const { meeting, type } = await opened();
  await type(comment, '書きかけ');
  const { sheet } = meeting.item();
  const kpis = sheet.kpis.map((kpi, n) => (n === 0 ? { ...kpi, label: '開発数' } : kpi));
  const ahead = { ...meeting.item(), sheet: { ...sheet, kpis } };
  const fields = meeting.house.app.forms.fields(meeting.state, ahead);
  expect([fields[label], fields[comment]]).toEqual(['開発数', '書きかけ']);
});

test('[W1] nobody else gets the document, another section neither', async () => {
  const { street, meeting, name } = await opened();
  const house = meeting.house.app;
  const others = ['chair', 'member', 'observer'] as const;
  for (const role of others) {
    const headers = street.headers(meeting.guest(role).token);
    const line = new WebSocket(
      `ws://127.0.0.1:${street.port}/yjs/${name}?schema=${EDITOR_SCHEMA}&client=7`,
      { headers },
    );
    const code = await new Promise((resolve) => line.once('close', resolve));
    expect([role, code]).toEqual([role, CLOSE.forbidden]);
  }
  const foreign = meeting.state.items.find(({ sheet }) => !sheet.sections.includes('情報戦略課'));
  expect(foreign && house.forms.reflect(meeting.state, foreign, meeting.guest('section'))).toEqual({
    ok: false,
    refused: 'not-your-project',
  });
});

test('[W1] a decided item: reflecting is refused, and the words are still in the form', async () => {
  const { meeting, section, type, stored } = await opened();
  await type(comment, '間に合わなかった。');
  meeting.open().start().decide(4, 'noObjection');
  expect(meeting.house.app.forms.reflect(meeting.state, meeting.item(), section)).toEqual({
    ok: false,
    refused: 'item-decided',
  });
  expect(stored(comment)).toBe('間に合わなかった。');
});

test('nobody makes a document by looking at a list', async () => {
  const { meeting } = await opened();
  const { forms } = meeting.house.app;
  for (const item of meeting.state.items) expect(forms.waiting(meeting.state, item)).toBe(0);
  const made = meeting.house.rows(
    `select distinct document from document_update where document like 'sheet/%'`,
  );
  expect(made).toHaveLength(1);
});
