/**
 * A long text as a short one: what is read in a worker passes through the server once more on its way
 * to the page, and there every letter costs time that others wait.
 */
import { gunzipSync, gzipSync, strFromU8, strToU8 } from 'fflate';

/** More arguments than this a call does not take. */
const CHUNK = 0x8000;

/** gzip in base64. */
export function pack(text: string): string {
  const bytes = gzipSync(strToU8(text), { level: 1 });
  let binary = '';
  for (let at = 0; at < bytes.length; at += CHUNK)
    binary += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  return btoa(binary);
}

/** The text again. @throws when it was not packed here */
export const unpack = (packed: string): string =>
  strFromU8(gunzipSync(Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0))));
