/** A text, or its plural forms (chosen by `count`). `{name}` is replaced by the value of that name. */
export type Phrase =
  string | ({ readonly other: string } & Readonly<Partial<Record<Intl.LDMLPluralRule, string>>>);
export type Phrasebook = Readonly<Record<string, Phrase>>;
/** Every language of the app; English is the one the others are checked against. */
export const languages = ['en', 'de'] as const;
export type Language = (typeof languages)[number];
export type Messages<K extends string> = Readonly<Record<Language, Readonly<Record<K, Phrase>>>>;

/** The texts of one feature. A key that a language lacks is a compile error. */
export function defineMessages<const E extends Phrasebook>(
  en: E,
  de: Readonly<Record<keyof E, Phrase>>,
): Messages<keyof E & string> {
  return { en, de };
}

export type Values = Readonly<Record<string, string | number>>;

/** Fills a phrase in: picks the plural form by `values.count`, numbers by locale. */
export function phrase(text: Phrase, values: Values, locale: string): string {
  const form = typeof text === 'string' ? text : plural(text, values['count'], locale);
  return form.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    return typeof value === 'number' ? value.toLocaleString(locale) : value;
  });
}

function plural(forms: Exclude<Phrase, string>, count: string | number | undefined, locale: string): string {
  return forms[new Intl.PluralRules(locale).select(Number(count ?? 0))] ?? forms.other;
}
