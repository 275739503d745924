// Messages by catalogue. A message is a whole sentence with {names}; a plural message gives the
// forms of the language, chosen by the argument `n`. No sentence is put together from pieces.
import { en } from './lang/en';
import { uk } from './lang/uk';

export type Message =
  string | ({ other: string } & Partial<Record<'zero' | 'one' | 'two' | 'few' | 'many', string>>);
export type Key = keyof typeof en;
export type Catalog = Record<Key, Message>;
export const catalogs: Record<string, Catalog> = { en, uk };

let lang = 'en';
let plural = new Intl.PluralRules('en');
export const language = () => lang;

export function setLanguage(l: string): void {
  lang = l in catalogs ? l : 'en';
  plural = new Intl.PluralRules(lang);
}

export const number = (n: number, digits = 0) =>
  new Intl.NumberFormat(lang, { maximumFractionDigits: digits }).format(n);

/** The text of a message before its arguments are put in; falls back to English and says so. */
export function pattern(key: Key, n?: number): string {
  let m: Message | undefined = catalogs[lang]?.[key];
  if (m === undefined) {
    console.error(`missing message: ${lang} ${key}`);
    m = en[key] as Message | undefined;
  }
  if (m === undefined) return key;
  if (typeof m === 'string') return m;
  return m[plural.select(n ?? 0)] ?? m.other;
}

export type Args = Record<string, string | number>;

export function t(key: Key, args: Args = {}): string {
  const n = typeof args.n === 'number' ? args.n : undefined;
  return pattern(key, n).replace(/\{(\w+)\}/g, (_, k: string) => {
    const v = args[k];
    return typeof v === 'number' ? number(v) : String(v ?? `{${k}}`);
  });
}

/** A message whose key ends in a word of the interface; an unknown word is shown as it came. */
export function word(prefix: string, w: string | undefined): string {
  if (w === undefined) return '';
  const key = `${prefix}.${w.replaceAll(' ', '_')}`;
  return key in en ? t(key as Key) : w.replaceAll('_', ' ');
}
