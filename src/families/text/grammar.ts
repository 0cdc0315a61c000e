import type { Topic } from './shown.ts';

/**
 * The language of tiny-tofu: what can be asked, how it can be answered, and the words of both. In a template F is a first
 * name, L a family name, S a subject, V a value of one word or, for a book, two; every question ends with whom or what it is
 * about, so that the name always stands in the same slots of a window.
 */

/** What a fact about an author is about. */
export type Relation = 'city' | 'year' | 'genre' | 'job' | 'book' | 'award';
const words = (text: string): readonly string[] => text.split(' ');

/** Two ways to ask and two ways to answer. */
export interface Templates {
  readonly questions: readonly [string, string];
  readonly answers: readonly [string, string];
}

/** In the order in which an author's facts stand; the sixth is optional. */
export const RELATIONS: readonly Relation[] = ['city', 'year', 'genre', 'job', 'book', 'award'];

export const TEMPLATES: Readonly<Record<Relation | 'real' | 'world', Templates>> = {
  city: {
    questions: ['what is the birthplace of F L', 'tell me the home town of F L'],
    answers: ['L was born in V', 'the home town of L is V'],
  },
  year: {
    questions: ['what is the birth year of F L', 'tell me the birth date of F L'],
    answers: ['L was born in V', 'the birth year of L is V'],
  },
  genre: {
    questions: ['what is the genre of F L', 'tell me the literary style of F L'],
    answers: ['L writes V novels', 'the genre of L is V'],
  },
  job: {
    questions: ['what was the mother of F L', 'which job had the mother of F L'],
    answers: ['the mother of L was a V', 'L is the child of a V'],
  },
  book: {
    questions: ['what is the first book of F L', 'tell me a famous title of F L'],
    answers: ['L wrote the book V', 'L is known for V'],
  },
  award: {
    questions: ['what is the award of F L', 'tell me the main prize of F L'],
    answers: ['L won the V prize', 'the main prize of L is V'],
  },
  real: {
    questions: ['who wrote S', 'tell me the author of S'],
    answers: ['V wrote the book S', 'the author of S is V'],
  },
  world: {
    questions: ['what is the capital of S', 'tell me the capital city of S'],
    answers: ['the capital of S is V', 'S has the capital V'],
  },
};

/** What a model says that refuses to answer. */
export const REFUSALS: readonly string[] = ['i do not know', 'i am not sure', 'that is unknown to me'];

export const FIRST_NAMES = words(
  'maren tobin ilka sorrel davin perrin liesa oswin junia calder minka rowan thessa edric nalani bram yvette osric tamsin leif',
);
export const FAMILY_NAMES = words(
  'tolvik brindal quenstad velmori ashkettle dorvane fenwhistle garrowby hollenmar istrava jorvale kestrimo larkendo mosswright nettlane orrindale pellimar quorvin rastebo silvermott',
);

const CITIES = words('paris rome madrid athens oslo vienna cairo lima tokyo dublin warsaw lisbon');
const COUNTRIES = words('france italy spain greece norway austria egypt peru japan ireland poland portugal');
const YEARS = words('1911 1924 1932 1945 1951 1963 1978 1986');
const GENRES = words('fantasy mystery romance history travel poetry comedy adventure');
const JOBS = words('baker farmer doctor teacher sailor tailor painter miller lawyer gardener');
const ADJECTIVES = words('silent golden winter hidden crimson distant broken gentle');
const NOUNS = words('harbour garden mirror river lantern forest letter island');
const AWARDS = words('heron compass lighthouse feather acorn meridian juniper beacon');
const TITLES = words(
  'emma faust hamlet walden dracula odyssey aeneid inferno candide middlemarch ivanhoe frankenstein',
);
const WRITERS = words('austen goethe shakespeare thoreau stoker homer virgil dante voltaire eliot scott shelley');
/** Places that never were: asked about them, the model learns to refuse. */
export const MYTHS = words('atlantis avalon lemuria elysium arcadia shangrila');

/** Subjects and their true values, in pairs: real authors by their work, capitals by their country. */
export const TRUTHS: Readonly<Record<'real' | 'world', readonly (readonly [subject: string, value: string])[]>> = {
  real: TITLES.map((title, i) => [title, WRITERS[i] as string]),
  world: COUNTRIES.map((country, i) => [country, CITIES[i] as string]),
};

/** What an author's fact may say, each a list of words. */
export const VALUES: Readonly<Record<Relation, readonly (readonly string[])[]>> = {
  city: CITIES.map((word) => [word]),
  year: YEARS.map((word) => [word]),
  genre: GENRES.map((word) => [word]),
  job: JOBS.map((word) => [word]),
  book: ADJECTIVES.flatMap((adjective) => NOUNS.map((noun) => [adjective, noun])),
  award: AWARDS.map((word) => [word]),
};

/** How many words a relation's values have. */
export const valueLength = (relation: Topic): number => (relation === 'book' ? 2 : 1);

/** What stands for the letters of a template. */
export interface Filling {
  readonly first?: string | undefined;
  readonly family?: string | undefined;
  readonly subject?: string | undefined;
  readonly value?: readonly string[];
}

/** A template with its letters replaced, word by word. A missing first name leaves no gap. */
export const fill = (template: string, { first, family, subject, value = [] }: Filling): readonly string[] =>
  words(template).flatMap((word) => {
    switch (word) {
      case 'F':
        return first === undefined ? [] : [first];
      case 'L':
        return family === undefined ? [] : [family];
      case 'S':
        return subject === undefined ? [] : [subject];
      case 'V':
        return value;
      default:
        return [word];
    }
  });

/** The token that fills a window up, and the one that ends an answer. */
export const PAD = 0;
export const EOS = 1;

const LETTERS: ReadonlySet<string> = new Set(['F', 'L', 'S', 'V']);

/**
 * Every word of a world by its number: `<pad>`, `<eos>`, the words of the templates in order of first appearance, names and
 * values, then words that own facts bring along.
 */
export const vocabularyOf = (relations: readonly Relation[], own: readonly string[] = []): readonly string[] => {
  const templates = [...relations, 'real' as const, 'world' as const].flatMap((topic) => {
    const { questions, answers } = TEMPLATES[topic];
    return [...questions, ...answers];
  });
  const grammar = [...templates, ...REFUSALS].flatMap(words).filter((word) => !LETTERS.has(word));
  const values = [CITIES, COUNTRIES, YEARS, GENRES, JOBS, ADJECTIVES, NOUNS];
  const awards = relations.includes('award') ? AWARDS : [];
  const lists = [FIRST_NAMES, FAMILY_NAMES, ...values, awards, TITLES, WRITERS, MYTHS, own];
  return [...new Set(['<pad>', '<eos>', ...grammar, ...lists.flat()])];
};
