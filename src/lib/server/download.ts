/** A file as the answer to a request: its type, its Japanese name, and no copy in any cache. */
import { error } from '@sveltejs/kit';
import { mayEver, readsSheets } from '#domain/permission.ts';
import { shapes, shapeWords, type Shape } from '#formats/shape.ts';
import { seatAt } from './door.ts';

export const fileTypes = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  csv: 'text/csv; charset=utf-8',
  cp932: 'text/csv; charset=Shift_JIS',
  json: 'application/json; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
} as const;

/** The meeting whose results somebody takes along. */
export function exporterAt(visit: Parameters<typeof seatAt>[0], meetingId: string) {
  const seat = seatAt(visit, meetingId);
  const { me, meeting } = seat;
  if (!mayEver(me.role, 'export') || !readsSheets(me.role, meeting.phase))
    error(403, { message: 'may not export' });
  return seat;
}

/** The shape an address asks for, and its name; without one the result table. */
export function shapeOf(url: URL): { readonly shape: Shape; readonly word: string } {
  const asked = url.searchParams.get('shape') ?? 'result-table';
  const shape = shapes.find((each) => each === asked);
  if (!shape) error(404, { message: 'no such shape' });
  return { shape, word: shape === 'result-table' ? '評価結果' : shapeWords[shape] };
}

/** What the office made, or that it has too much to do. */
export function made<Value>(
  answer:
    { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly code: string },
): Value {
  if (!answer.ok) error(503, { message: 'the file could not be made', code: answer.code });
  return answer.value;
}

export function download(
  bytes: Uint8Array,
  title: string,
  word: string,
  type: keyof typeof fileTypes,
): Response {
  const ending = type === 'cp932' ? 'csv' : type;
  // A copy: what comes from a worker may sit in a larger shared buffer.
  return new Response(new Uint8Array(bytes), {
    headers: {
      'Content-Type': fileTypes[type],
      'Content-Disposition': disposition(`${title}_${word}.${ending}`, `kensho.${ending}`),
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
    },
  });
}

/** RFC 6266: an ASCII name for the oldest, the real one as RFC 5987 says. */
function disposition(name: string, plain: string): string {
  // Characters a file name cannot have on one of the usual systems.
  const safe = name.replace(/[\\/:*?"<>|\p{Cc}]/gu, '_');
  const encoded = encodeURIComponent(safe).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
