import type { Citation } from '../../engine/base/schema.ts';
import type { Recipe } from '../../engine/contracts/method.ts';
import type { CatalogueInfo } from '../format/catalogue.ts';
import { requestsOf } from '../format/requests.ts';
import type { RunSpec, Scenario } from '../format/scenario.ts';
import { hasSameKinds, wrappersOf } from '../format/wrappers.ts';
import { exportedText } from './exported.ts';

/** A paper and what of an experiment rests on it. */
export interface Cited {
  readonly citation: Citation;
  /** Titles of methods, recipes, retain terms, masks, wrappers, selectors and generators. */
  readonly uses: readonly string[];
}

interface Source {
  readonly title: string;
  readonly citation?: Citation;
}

const hasParams = (run: RunSpec, { params = {} }: Recipe): boolean =>
  Object.entries(params).every(([name, value]) => run.params[name] === value);

const sourcesOf = (run: RunSpec, { methods, retain, masks, wrappers }: CatalogueInfo): Source[] => {
  const method = methods.find(({ id }) => id === run.method);
  const named = methods.flatMap(({ recipes }) => recipes).filter(({ isDerived }) => isDerived !== true);
  // A composition that has a name of its own is cited by it, beside the method that it is made of.
  const own = (method?.recipes ?? []).filter(
    (recipe) =>
      named.includes(recipe) &&
      (recipe.retain?.kind ?? 'none') === run.retain.kind &&
      (recipe.mask?.kind ?? 'none') === run.mask.kind &&
      hasSameKinds(recipe.wrappers, run.wrappers) &&
      hasParams(run, recipe),
  );
  return [
    ...(method ? [method] : []),
    ...own,
    ...retain.filter(({ id }) => id === run.retain.kind),
    ...masks.filter(({ id }) => id === run.mask.kind),
    ...wrappersOf(run, wrappers).map(({ wrapper }) => wrapper),
  ];
};

/** The papers behind a scenario's runs, forget sets and data, in the order of their use; each once. */
export const citedIn = (scenario: Scenario, catalogue: CatalogueInfo): readonly Cited[] => {
  const byUrl = new Map<string, { readonly citation: Citation; readonly uses: Set<string> }>();
  const { data, runs } = scenario;
  const rules = requestsOf(scenario).flatMap((spec) => (spec.kind === 'selector' ? [spec.id] : []));
  const sources = [
    ...runs.flatMap((run) => sourcesOf(run, catalogue)),
    ...catalogue.selectors.filter(({ id }) => rules.includes(id)),
    ...catalogue.generators.filter(({ id }) => id === data.generator),
  ];
  for (const { title, citation } of sources) {
    if (!citation) continue;
    const entry = byUrl.get(citation.url) ?? { citation, uses: new Set<string>() };
    entry.uses.add(title);
    byUrl.set(citation.url, entry);
  }
  return [...byUrl.values()].map(({ citation, uses }) => ({ citation, uses: [...uses] }));
};

const SPECIAL: Readonly<Record<string, string>> = {
  '\\': '{\\textbackslash}',
  '{': '\\{',
  '}': '\\}',
  $: '\\$',
  '&': '\\&',
  '#': '\\#',
  _: '\\_',
  '%': '\\%',
  '~': '{\\textasciitilde}',
  '^': '{\\textasciicircum}',
  '’': "'",
  '‘': '`',
  '“': '``',
  '”': "''",
  '–': '--',
  '—': '---',
  ß: '{\\ss}',
  ø: '{\\o}',
  Ø: '{\\O}',
  ł: '{\\l}',
  Ł: '{\\L}',
  æ: '{\\ae}',
  Æ: '{\\AE}',
  å: '{\\aa}',
  Å: '{\\AA}',
  ı: '{\\i}',
};
/** Combining marks and the commands that set them. */
const ACCENTS: Readonly<Record<string, string>> = {
  '\u0300': '`',
  '\u0301': "'",
  '\u0302': '^',
  '\u0303': '~',
  '\u0304': '=',
  '\u0306': 'u',
  '\u0307': '.',
  '\u0308': '"',
  '\u030a': 'r',
  '\u030b': 'H',
  '\u030c': 'v',
  '\u0327': 'c',
  '\u0328': 'k',
};

/** A text as BibTeX and LaTeX read it, the old 8-bit ones included. Letters without a command stay as they are. */
export const latexOf = (words: string): string =>
  [...exportedText(words).normalize('NFC')]
    .map((letter) => {
      const special = SPECIAL[letter];
      if (special !== undefined) return special;
      const [base = '', mark, ...more] = letter.normalize('NFD');
      const accent = mark === undefined || more.length > 0 ? undefined : ACCENTS[mark];
      return accent === undefined ? letter : `{\\${accent}{${base === 'i' ? '\\i' : base === 'j' ? '\\j' : base}}}`;
    })
    .join('');

/** 'A, B and others' in the catalogue, 'A and B and others' in BibTeX. */
const authorsOf = (authors: string): string => {
  const isMore = /\s+and others$/.test(authors);
  const names = authors.replace(/\s+and others$/, '').split(/\s*,\s*/);
  return [...names.map(latexOf), ...(isMore ? ['others'] : [])].join(' and ');
};

const plain = (word: string): string =>
  word
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '');

const SMALL_WORDS = ['a', 'an', 'the', 'on', 'in', 'of', 'for', 'to', 'is', 'are'];

const keyOf = ({ authors, year, title }: Citation): string => {
  const words = title.split(/[\s:-]+/).map(plain);
  const word = words.find((one) => one !== '' && !SMALL_WORDS.includes(one)) ?? '';
  return `${plain(authors.split(',')[0]?.replace(/ and others$/, '') ?? '')}${year}${word}`;
};

/** 'a' to 'z', then 'aa'. */
const lettersOf = (index: number): string =>
  (index >= 26 ? lettersOf(Math.floor(index / 26) - 1) : '') + String.fromCharCode(97 + (index % 26));

/** Where a paper is to be found. An arXiv number and a DOI have fields of their own. */
const placeOf = (url: string): readonly (readonly [string, string])[] => {
  const address = url.replaceAll('{', '%7B').replaceAll('}', '%7D');
  const arxiv = /^https:\/\/arxiv\.org\/abs\/(\d{4}\.\d{4,5})(v\d+)?$/.exec(url)?.[1];
  if (arxiv) {
    return [
      ['eprint', arxiv],
      ['archivePrefix', 'arXiv'],
      ['url', address],
    ];
  }
  const doi = /^https:\/\/doi\.org\/(10\..+)$/.exec(url)?.[1];
  return doi
    ? [
        ['doi', doi],
        ['url', address],
      ]
    : [['url', address]];
};

/** One entry a paper, under keys that differ; each says in a note line what uses it. */
export const bibtexOf = (cited: readonly Cited[]): string => {
  const taken = new Map<string, number>();
  return cited
    .map(({ citation, uses }) => {
      const key = keyOf(citation);
      const before = taken.get(key) ?? 0;
      taken.set(key, before + 1);
      const fields = [
        ['author', authorsOf(citation.authors)],
        // Twice in braces: the capitals stay.
        ['title', `{${latexOf(citation.title)}}`],
        ['year', String(citation.year)],
        ...placeOf(citation.url),
      ];
      const lines = fields.map(([name, value]) => `  ${name} = {${value}},`).join('\n');
      // Text outside of entries is a comment, but an @ would begin an entry.
      const note = exportedText(`Used by: ${uses.join('; ')}`).replaceAll('@', '(at)');
      return `${note}\n@misc{${key}${before === 0 ? '' : lettersOf(before)},\n${lines}\n}\n`;
    })
    .join('\n');
};
