/**
 * A printed figure as a spreadsheet number: the value and the number format that prints it to the
 * letter (`4,858人` is 4858 under `#,##0"人"`). A figure it cannot print back exactly stays a text.
 */
import type { Quantity } from '#domain/sheet.ts';

export type NumberCell = { readonly value: number; readonly format: string };

/** Sign, whole part with or without thousands separators, decimals, and what stands behind. */
const printed = /^([-▲△−－])?(0|[1-9]\d{0,14}|[1-9]\d{0,2}(?:,\d{3}){1,4})(\.\d{1,10})?([^\d]*)$/;

/** A difference: (+65), (-4,656), +65 — the sign is printed, the brackets too. */
const difference = /^([(（]?)([-+])(\d[\d,]*(?:\.\d+)?[^\d()（）]*)([)）]?)$/;

/** The number cell that reads back as `quantity.text`, or null where only a text does. */
export function makeNumberCell(quantity: Quantity): NumberCell | null {
  if (quantity.value === null || quantity.parts) return null;
  const match = printed.exec(quantity.text);
  if (!match) return makeDifferenceCell(quantity);
  const [, sign = '', whole = '', decimals = '', suffix = ''] = match;
  const magnitude = `${whole.replaceAll(',', '')}${decimals}`;
  const value = Number(magnitude) * (sign === '' ? 1 : -1);
  // −0 would lose its sign, and a reading that took the figure for another is not to be overruled.
  if (value !== quantity.value || (sign !== '' && value === 0)) return null;
  if (magnitude.replace('.', '').length > 15 || hasControl(suffix)) return null;

  const digits = whole.length > 3 && !whole.includes(',') ? '0' : '#,##0';
  const places = decimals === '' ? '' : `.${'0'.repeat(decimals.length - 1)}`;
  const percent = suffix.startsWith('%');
  // A real percentage: 82 % is 0.82, so that it can be reckoned with; the power of ten is exact.
  const number = percent ? Number(`${sign === '' ? '' : '-'}${magnitude}e-2`) : value;
  const tail = percent ? `%${literal(suffix.slice(1))}` : literal(suffix);
  const positive = `${digits}${places}${tail}`;
  const format = sign === '' || sign === '-' ? positive : `${positive};${literal(sign)}${positive}`;
  return format.length > 200 ? null : { value: number, format };
}

function makeDifferenceCell(quantity: Quantity): NumberCell | null {
  const [, open = '', sign = '', body = '', close = ''] = difference.exec(quantity.text) ?? [];
  const bare =
    body === ''
      ? null
      : makeNumberCell({ ...quantity, text: body, value: Math.abs(quantity.value ?? 0) });
  // +0 is fine, −0 would lose its sign; a reading of the other sign is not to be overruled.
  if (!bare || (sign === '-') !== (quantity.value ?? 0) < 0) return null;
  const [plus, minus] = ['+', '-'].map(
    (own) => `${literal(open + own)}${bare.format}${literal(close)}`,
  );
  return { value: sign === '-' ? -bare.value : bare.value, format: `${plus ?? ''};${minus ?? ''}` };
}

/** A literal of the number format language: quoted, a quotation mark by backslash. */
function literal(text: string): string {
  if (text === '') return '';
  return text
    .split('"')
    .map((piece) => (piece === '' ? '' : `"${piece}"`))
    .join('\\"');
}

/** Line breaks and other controls have no place in a number format. */
function hasControl(text: string): boolean {
  return /[\p{Cc}\p{Cs}]/u.test(text);
}
