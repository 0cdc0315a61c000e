import type { Language } from '../language.ts';
import { termsOf } from '../terms.ts';
import { page } from './page.ts';
import { settings } from './settings.ts';

const catalogues: Readonly<Record<string, object>> = { page };

/** German. Terms of the field that German texts use in English stay English. */
const german: Language = {
  words: (catalogue) => catalogues[catalogue],
  term: termsOf(settings),
};
export default german;
