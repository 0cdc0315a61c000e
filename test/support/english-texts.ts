import { presets } from '../../src/scenario/format/presets.ts';
import { maskSettings, optimizerSettings, retainSettings } from '../../src/scenario/format/settings.ts';
import { lessons } from '../../src/scenario/lesson/lessons.ts';
import { catalogueInfo } from '../../src/sim/catalogue.ts';
import { speak } from '../../src/ui/text/language.ts';

/** Fields whose strings are read by people; the others are names for programs, formulas and sources. */
const READ =
  /^(title|summary|label|help|idea|lookFor|failsWhen|undefinedWhen|question|about|body|after|task|text|notes|options|none|axis|scores)$/;
const SKIPPED = /^(citation|recipes|reference|tex)$/;

const walk = (value: unknown, path: string, isRead: boolean, found: Map<string, string>): void => {
  if (typeof value === 'string') {
    if (isRead && value !== '' && !found.has(value)) found.set(value, path);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [key, child] of Object.entries(value)) {
    if (SKIPPED.test(key) && key !== 'recipes') continue;
    walk(child, `${path}/${key}`, Array.isArray(value) ? isRead : READ.test(key), found);
  }
};

/** Metrics state their definitions in words, where methods have formulas. */
const definitions = (found: Map<string, string>): void => {
  for (const { id, formula } of catalogueInfo.metrics)
    if (/[a-z]{4}/.test(formula)) found.set(formula, `metrics/${id}`);
};

/** What the engine, presets and lessons say to a reader, in English, with the place where it stands. */
export const englishTerms = (): ReadonlyMap<string, string> => {
  const found = new Map<string, string>();
  walk(catalogueInfo, 'catalogue', false, found);
  const settings = [optimizerSettings, retainSettings([]), maskSettings([])];
  walk(settings, 'settings', false, found);
  for (const { id, input } of presets) walk(input, `seeds/${id}`, false, found);
  for (const { id, input } of lessons) walk(input, `lessons/${id}`, false, found);
  definitions(found);
  return found;
};

const files = import.meta.glob<Readonly<Record<string, unknown>>>(
  ['../../src/ui/**/*.text.ts', '../../src/ui/text.ts'],
  {
    eager: true,
  },
);

/** Every catalogue of the page, in English, by its name. */
export const englishCatalogues = (): ReadonlyMap<string, object> => {
  const found = new Map<string, object>();
  speak({
    words: (id, english) => {
      found.set(id, english);
      return undefined;
    },
    term: () => undefined,
  });
  // A catalogue asks for its words when one of them is read.
  for (const file of Object.values(files)) {
    for (const one of Object.values(file)) if (typeof one === 'object' && one !== null) Reflect.get(one, 'title');
  }
  speak(null);
  return found;
};

/** Every text and function of a catalogue by its path. */
export const leavesOf = (value: unknown, path = ''): readonly (readonly [string, unknown])[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, child]) => leavesOf(child, `${path}/${key}`))
    : [[path, value]];
