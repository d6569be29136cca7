/** Fresh ids made in the browser. `crypto.randomUUID` is missing on plain http, where offices try out. */

/** 32 random hexadecimal digits. */
export const freshId = <Id extends string>(): Id =>
  [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('') as Id;
