import { deflateSync, strToU8 } from 'fflate';
import { SimError } from '../../engine/base/errors.ts';
import type { FactsSpec } from '../../engine/base/schema.ts';
import { readDocument } from '../../scenario/document/document.ts';
import { listedFaults, readFacts, writeFacts } from '../../scenario/facts/read-facts.ts';
import { npz } from '../../scenario/files/npz.ts';
import type { CatalogueInfo } from '../../scenario/format/catalogue.ts';
import type { Preset } from '../../scenario/format/preset.ts';
import type { InlineParams } from '../../scenario/format/scenario.ts';
import { parseLesson } from '../../scenario/lesson/parse.ts';
import { fromBase64Url, toBase64Url } from '../../scenario/links/base64url.ts';
import { readEmbedCommand } from '../../scenario/links/embed.ts';
import { decodeLink, encodeLink } from '../../scenario/links/link.ts';
import { packPoints } from '../../scenario/links/pack-points.ts';
import { scenarioFromQuery } from '../../scenario/links/query.ts';
import { parseScenario } from '../../scenario/read/parse.ts';
import {
  bombs,
  greedyLessons,
  greedyScenarios,
  greedyTournaments,
  importedScenario,
  inlineScenario,
  lessons,
  ownFactsScenario,
  richScenario,
  tournaments,
} from './corpus.ts';
import { csvTargets } from './csv-targets.ts';
import { createExpectations, expect, expectReadable } from './expectations.ts';
import { linkTargets } from './link-targets.ts';
import { ruleTargets } from './rule-targets.ts';
import { storageTarget } from './storage-target.ts';
import type { FuzzTarget } from './target.ts';

/** Every reader that there is. A later one is one more entry. */
export const createTargets = (catalogue: CatalogueInfo, presets: readonly Preset[]): readonly FuzzTarget[] => {
  const { strict, expectValid, expectRepaired, expectShared, expectTournament, expectDocument, library } =
    createExpectations(catalogue, presets);
  const scenarios: readonly object[] = [
    richScenario,
    inlineScenario,
    importedScenario,
    ownFactsScenario,
    ...presets.map(({ input }) => input as object),
  ];
  const ownFacts = catalogue.families
    .flatMap(({ generators }) => generators)
    .flatMap(({ params }) => Object.values(params))
    .find((spec) => spec.kind === 'facts') as FactsSpec;
  const arrays = [
    { name: 'W1', shape: [2, 2], values: Float32Array.of(1, 2, 3, 4) },
    { name: 'b1', shape: [2], values: Float32Array.of(0, 1) },
    { name: 'W2', shape: [2, 2], values: Float64Array.of(1, 2, 3, 0.1) },
    { name: 'b2', shape: [2], values: Float32Array.of(0, -1) },
  ];
  const utf16 = (text: string): Uint8Array =>
    Uint8Array.from([
      0xff,
      0xfe,
      ...Array.from(text).flatMap((sign) => [sign.charCodeAt(0) & 255, sign.charCodeAt(0) >> 8]),
    ]);
  const square = [[0.5, -1], [2, 3e-7]]; // biome-ignore format: a matrix
  const layers = { W1: square, b1: [0, 1], W2: square, b2: [-0.25, 4] };
  const weightsFile = (bySeed: object) =>
    JSON.stringify({ kind: 'weights', version: 1, about: { title: 'x' }, bySeed });
  const links = scenarios.map((input) => encodeLink(strict(input), { checksum: '0123abcd', engine: 'kernels 0.1.0' }));
  const deflated = links.map((link) => fromBase64Url(link.slice(2)) as Uint8Array);
  const results = { version: 1, scenario: richScenario, checksum: '0123abcd', original: [], retrained: [], runs: [] };
  const engine = { backend: 'kernels', version: '0.1.0' };
  const inline = strict(inlineScenario).data.params as InlineParams;
  const linkOf = (payload: unknown): string => `1.${toBase64Url(deflateSync(strToU8(JSON.stringify(payload) ?? '')))}`;

  const file = (text: string): void => expectDocument(readDocument(text, 'strict', library));

  return [
    ...linkTargets(catalogue, presets),
    ...ruleTargets(catalogue, expectRepaired),
    { name: 'tournament', corpus: tournaments, extremes: greedyTournaments, run: expectTournament },
    {
      name: 'lesson',
      corpus: lessons,
      extremes: greedyLessons,
      run: (input) => {
        const lesson = parseLesson(input, catalogue, presets);
        expectDocument({ kind: 'lesson', lesson, source: {}, repairs: [] });
      },
    },
    {
      name: 'link',
      corpus: [...links, '#', '1.', '#0.abc', '#999999999.abc'],
      extremes: [
        `1.${'='.repeat(100_000)}A`,
        `1.${'A'.repeat(500_000)}`,
        ...bombs().map((bytes) => `1.${toBase64Url(bytes)}`),
      ],
      run: (input) => expectRepaired(decodeLink(input as string, catalogue)),
    },
    {
      name: 'link-bytes',
      corpus: deflated,
      extremes: bombs(),
      run: (input) => expectRepaired(decodeLink(`#1.${toBase64Url(input as Uint8Array)}`, catalogue)),
    },
    {
      name: 'link-payload',
      corpus: scenarios,
      extremes: greedyScenarios,
      run: (input) => expectRepaired(decodeLink(linkOf(input), catalogue)),
    },
    {
      name: 'packed-points',
      corpus: [packPoints(inline), packPoints({ train: inline.test, test: inline.train })],
      run: (input) => {
        const data = { generator: 'inline', params: toBase64Url(input as Uint8Array) };
        expectRepaired(decodeLink(linkOf({ data }), catalogue));
      },
    },
    {
      name: 'scenario-strict',
      corpus: scenarios,
      extremes: greedyScenarios,
      run: (input) => expectValid(strict(input)),
    },
    {
      name: 'scenario-repair',
      corpus: scenarios,
      extremes: greedyScenarios,
      run: (input) => {
        const parsed = parseScenario(input, catalogue, 'repair');
        expectRepaired(parsed);
        expectShared(parsed.scenario);
      },
    },
    {
      name: 'inline-data',
      corpus: [inlineScenario.data.params, { ...inline, testForget: undefined }],
      run: (params) => {
        const { data, forget } = inlineScenario;
        expectRepaired(parseScenario({ version: 1, data: { ...data, params }, forget }, catalogue, 'repair'));
      },
    },
    {
      name: 'file',
      corpus: [...scenarios.map((scenario) => JSON.stringify(scenario)), JSON.stringify({ ...results, engine })],
      extremes: ['['.repeat(200_000), `${'{"scenario":'.repeat(50_000)}1`],
      run: (input) => file(input as string),
    },
    {
      name: 'lesson-file',
      corpus: lessons.map((lesson) => JSON.stringify(lesson)),
      // The first one is 36 MB of JSON, and stands above as a value.
      extremes: [
        ...greedyLessons.slice(1).map((lesson) => JSON.stringify(lesson)),
        '{"kind":"lesson","pages":['.repeat(50_000),
      ],
      run: (input) => file(input as string),
    },
    {
      name: 'file-bytes',
      corpus: [
        strToU8(JSON.stringify(richScenario)),
        strToU8(JSON.stringify(lessons[0])),
        npz(arrays),
        npz(arrays.map((array) => ({ ...array, name: `seed3.${array.name}` }))),
        utf16(JSON.stringify(inlineScenario)),
      ],
      extremes: [npz([{ name: 'W1', shape: [1000, 1000], values: new Float32Array(1_000_000) }])],
      run: (input) => expectDocument(readDocument(input as Uint8Array, 'strict', library)),
    },
    {
      name: 'results',
      corpus: [
        { ...results, engine },
        { scenario: inlineScenario, engine, checksum: 'ffffffff' },
      ],
      run: (input) => file(JSON.stringify(input) ?? ''),
    },
    {
      name: 'weights-file',
      corpus: [
        weightsFile({ 0: { original: layers } }),
        weightsFile({ 0: { retrained: layers }, 7: { original: layers } }),
      ],
      extremes: [weightsFile({ 0: { original: { ...layers, b1: Array(200_000).fill('x') } } })],
      run: (input) => file(input as string),
    },
    {
      name: 'facts',
      corpus: [
        'Ada Lovelace,city,London\nHomer;job;baker\n',
        'name\trelation\tvalue\r\n"Ada\u00a0Lovelace"\tbook\tNotes Appended\r\nada\u202e\tcity\t<b>\r\n',
        'José,year,1797\nJosé,year,1798',
      ],
      extremes: ['a,city,b\n'.repeat(10_000), ','.repeat(100_000), `${'x'.repeat(100_000)},city,b`],
      run: (input) => {
        const read = readFacts(input as string, ownFacts);
        expectReadable(listedFaults(read.faults));
        const again = readFacts(writeFacts(read.facts), ownFacts);
        expect(again.faults.length === 0, 'what was written is refused');
        expect(writeFacts(again.facts) === writeFacts(read.facts), 'what was written reads as something else');
      },
    },
    ...csvTargets({ strict, expectValid }),
    storageTarget({ strict, expectValid, library }),
    {
      name: 'embed-message',
      corpus: [
        { unlearnLab: 1, type: 'connect' },
        { unlearnLab: 1, type: 'setStep', step: 100 },
        { unlearnLab: 1, type: 'open', link: links[0] },
      ],
      extremes: [{ unlearnLab: 1, type: 'open', link: 'A'.repeat(1_000_000) }],
      run: (input) => {
        const command = readEmbedCommand(input);
        expect(command.type !== 'setStep' || (Number.isInteger(command.step) && command.step >= 0), 'no step');
      },
    },
    {
      name: 'query',
      corpus: [
        '?p=ga-vs-npo&beta=0.1&seed=3',
        '?NPO.params.beta=2&GA.learningRate=0.1&embed=1&hidden=8,8&activation=relu',
        'p=beta-dial&data.noise=0.5&forget.label=2&training.steps=100&every=10&seeds=1,2,3',
        '?retain.kind=ce&retain.batchSize=full&mask.keep=0.5&optimizer=adam&batchSize=%66ull',
      ],
      extremes: [
        `?${'beta=0.1&learningRat=1&'.repeat(5000)}`,
        `?${'&='.repeat(50_000)}`,
        `?seeds=${'1,'.repeat(100_000)}`,
      ],
      run: (input) => {
        const parsed = scenarioFromQuery(input as string, presets, catalogue);
        if (parsed !== undefined) expectRepaired(parsed);
      },
    },
  ];
};

/** Runs a case: undefined if it ended as it should, else what was wrong. */
export const faultOf = ({ run }: FuzzTarget, input: unknown): string | undefined => {
  try {
    run(input);
  } catch (thrown) {
    if (!(thrown instanceof SimError))
      return thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : `${thrown}`;
    try {
      expect(thrown.message !== '' && thrown.code !== 'worker/internal', `no word about ${thrown.code}`);
      expectReadable(thrown.faults);
      if (thrown.faults.length === 0) expect(thrown.message.length <= 2000, `a message of ${thrown.message.length}`);
    } catch (broken) {
      return (broken as Error).message;
    }
  }
  return Object.hasOwn(Object.prototype, 'polluted') ? 'Object.prototype is polluted' : undefined;
};
