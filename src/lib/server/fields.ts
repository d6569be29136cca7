/** Reading the fields of a posted form: always text, never a file, never undefined. */

/** A field as typed. */
export function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}

/** Which of these fields hold nothing but white space. */
export const missingOf = <Name extends string>(
  form: FormData,
  names: readonly Name[],
): readonly Name[] => names.filter((name) => textOf(form, name).trim() === '');

/** A field that carries JSON; undefined when it is none. What is in it is for a schema to judge. */
export function jsonOf(form: FormData, name: string): unknown {
  try {
    return JSON.parse(textOf(form, name)) as unknown;
  } catch {
    return undefined;
  }
}
