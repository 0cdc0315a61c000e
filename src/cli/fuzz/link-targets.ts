import { readAddress } from '../../scenario/document/address.ts';
import type { CatalogueInfo } from '../../scenario/format/catalogue.ts';
import type { Preset } from '../../scenario/format/preset.ts';
import { encodeLink } from '../../scenario/links/link.ts';
import { addressIn, mendLocation } from '../../scenario/links/mend.ts';
import { inlineScenario, richScenario } from './corpus.ts';
import { createExpectations, expect } from './expectations.ts';
import { member, whole } from './how.ts';
import type { FuzzTarget } from './target.ts';

/** What comes to stand in a link on its way and takes nothing from it. */
const HARMLESS = {
  before: ['', '#', ' ', '%20', '"', '(', '<', '[', '\u200b', '%23'],
  inside: ['', ' ', '%20', '\n', '\r\n', '%0D%0A', '\u200b', '%E2%80%8B', '\u00ad', '\ufeff', '=\r\n', '\n> ', '\\\n'],
  after: [
    '',
    '.',
    ',',
    ')',
    ').',
    ']',
    '>',
    '"',
    '”',
    '…',
    '*',
    '%20',
    '%2E',
    '&gt;',
    '. And a word',
    '</a>',
    '/',
    '!',
  ],
  added: ['', '?utm_source=teams', '&fbclid=IwAR0_x-1', '&amp;utm_medium=chat', '?ref=mail&si=1', '%3Futm_source=x'],
  escapes: [0, 1, 2],
} as const;

type Place = keyof typeof HARMLESS;

/** A link after such changes; which they are is said by whatever `how` is. */
const changed = (link: string, how: unknown): string => {
  const pick = (place: Place, value: unknown): string | number => {
    const list = HARMLESS[place];
    return list[whole(value) % list.length] as string | number;
  };
  let text = link;
  const wraps = member(how, 'inside');
  for (const wrap of Array.isArray(wraps) ? wraps.slice(0, 20) : []) {
    const at = whole(member(wrap, 'at')) % (text.length + 1);
    text = text.slice(0, at) + pick('inside', member(wrap, 'piece')) + text.slice(at);
  }
  for (let i = 0; i < (pick('escapes', member(how, 'escapes')) as number); i++) text = encodeURIComponent(text);
  const [before, added, after] = (['before', 'added', 'after'] as const).map((place) =>
    pick(place, member(how, place)),
  );
  return `${before}${text}${added}${after}`;
};

/** Readers of addresses: whatever comes, and what came changed. */
export const linkTargets = (catalogue: CatalogueInfo, presets: readonly Preset[]): readonly FuzzTarget[] => {
  const { strict, expectDocument, library } = createExpectations(catalogue, presets);
  const scenarios = [richScenario, inlineScenario, ...presets.map(({ input }) => input as object)].map(strict);
  const links = scenarios.map((scenario) => encodeLink(scenario));
  const texts = scenarios.map((scenario) => JSON.stringify(scenario));
  return [
    {
      name: 'address',
      corpus: [
        ...links.slice(0, 3).map((link) => `https://example.org/lab/?utm_source=x#${link}.`),
        `https://example.org/%23${links[0]}&predict=1`,
        `see <https://example.org/?p=beta-dial&amp;seeds=1,2> (short)`,
        `https://safe.example/?url=https%3A%2F%2Fexample.org%2F%23${links[1]}&data=1`,
      ],
      extremes: [
        '%25'.repeat(100_000),
        `#1.${' '.repeat(200_000)}`,
        '&amp;'.repeat(80_000),
        `?p=${'.'.repeat(300_000)}x`,
      ],
      run: (input) => {
        const text = input as string;
        mendLocation(text, addressIn(text));
        const document = readAddress(addressIn(text), library);
        if (document) expectDocument(document);
      },
    },
    {
      name: 'mangled-link',
      corpus: [
        { link: 0, before: 1, after: 1, added: 0, escapes: 0, inside: [] },
        { link: 1, before: 0, after: 2, added: 1, escapes: 1, inside: [{ at: 30, piece: 3 }] },
        { link: 2, before: 4, after: 9, added: 3, escapes: 2, inside: [{ at: 1, piece: 10 }, { at: 99, piece: 11 }] }, // biome-ignore format: one a line
      ],
      draw: (chance) => ({
        link: chance.below(links.length),
        ...Object.fromEntries(Object.keys(HARMLESS).map((place) => [place, chance.below(100)])),
        inside: Array.from({ length: chance.below(5) }, () => ({ at: chance.below(2000), piece: chance.below(100) })),
      }),
      run: (input) => {
        const which = whole(member(input, 'link')) % links.length;
        const hash = changed(links[which] as string, input);
        const opened = readAddress({ hash, search: '' }, library);
        const isSame = opened?.kind === 'scenario' && JSON.stringify(opened.scenario) === texts[which];
        expect(isSame, 'it opens to something else');
        expect(opened?.repairs.length === 0, 'it is repaired');
      },
    },
    {
      name: 'mangled-query',
      corpus: [
        { preset: 0, before: 0, after: 1, added: 0, case: 1 },
        { preset: 1, before: 4, after: 4, added: 1, case: 0 },
      ],
      run: (input) => {
        const preset = presets[whole(member(input, 'preset')) % presets.length] as Preset;
        const name = whole(member(input, 'case')) % 2 === 0 ? preset.id : preset.id.toUpperCase();
        // An address has its wraps and its '#' elsewhere.
        const around = { ...(input as object), inside: [], escapes: 0, before: 0 };
        const search = changed(`?p=${name}`, around)
          .replace(/^(\?[^?]*)\?/, '$1&')
          .replace(/%3F/, '&');
        const opened = readAddress({ hash: '', search }, library);
        expect(opened?.kind === 'scenario' && opened.scenario.id === preset.id, 'it opens another preset');
        expect(opened?.repairs.length === 0, 'it is repaired');
      },
    },
  ];
};
