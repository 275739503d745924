// What the reader chose for this browser: theme, density, party colours, language, letter keys.
import { setLanguage } from './i18n';

export interface Prefs {
  theme: string;
  density: string;
  swap: string;
  lang: string;
  keys: string;
}
const NAMES = ['theme', 'density', 'swap', 'lang', 'keys'] as const;

export function readPrefs(): Prefs {
  const q = new URLSearchParams(location.search);
  const get = (k: string) => {
    if (q.has(k)) return q.get(k)!;
    try {
      return localStorage.getItem(`truce.${k}`) ?? '';
    } catch {
      return '';
    }
  };
  return Object.fromEntries(NAMES.map((k) => [k, get(k)])) as unknown as Prefs;
}

/** Puts the choices on the root element. The direction of writing follows the address or the language. */
export function applyPrefs(p: Prefs): void {
  const root = document.documentElement;
  const put = (k: 'theme' | 'density', v: string) => {
    if (v) root.dataset[k] = v;
    else delete root.dataset[k];
  };
  put('theme', p.theme);
  put('density', p.density);
  root.toggleAttribute('data-swap', p.swap === '1');
  setLanguage(p.lang || 'en');
  root.lang = p.lang || 'en';
  root.dir = new URLSearchParams(location.search).get('dir') ?? 'ltr';
}

export function savePref(k: keyof Prefs, v: string): void {
  try {
    localStorage.setItem(`truce.${k}`, v);
  } catch {
    /* a private window keeps nothing */
  }
}
export const isDark = (p: Prefs) =>
  p.theme ? p.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
