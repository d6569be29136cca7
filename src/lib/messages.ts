/**
 * Sentences in two languages, checked by the compiler to have the same keys. An area (a page or
 * two) is defined in `messages/`; components ask for it with `useMessages` of `locale.ts`.
 */
export const locales = ['ja', 'en'] as const;
export type Locale = (typeof locales)[number];
export const defaultLocale: Locale = 'ja';

export const isLocale = (value: unknown): value is Locale =>
  locales.some((locale) => locale === value);

/** A sentence, a sentence with parameters, or a group of them. */
type Sentence = string | ((...values: never[]) => string) | { readonly [key: string]: Sentence };

/** The same keys and parameters in another language. */
type Translated<Original> = Original extends string
  ? string
  : Original extends (...values: infer Values) => string
    ? (...values: Values) => string
    : { readonly [Key in keyof Original]: Translated<Original[Key]> };

export type Messages<Words> = (locale: Locale) => Translated<Words>;

/** `ja` sets the keys, `en` has to follow them. */
export function defineMessages<const Words extends { readonly [key: string]: Sentence }>(words: {
  readonly ja: Words;
  readonly en: Translated<NoInfer<Words>>;
}): Messages<Words> {
  const both: Readonly<Record<Locale, Translated<Words>>> = {
    // `Words` is its own translation; the compiler cannot see through the mapped type.
    ja: words.ja as unknown as Translated<Words>,
    en: words.en,
  };
  return (locale) => both[locale];
}
