import { SimError } from '../../engine/base/errors.ts';
import { type LabDocument, linkTo, readDocument } from '../../scenario/document/document.ts';
import { withWeights } from '../../scenario/files/weights-file.ts';
import type { CatalogueInfo } from '../../scenario/format/catalogue.ts';
import type { Preset } from '../../scenario/format/preset.ts';
import type { Scenario } from '../../scenario/format/scenario.ts';
import { decodeLink, encodeLink } from '../../scenario/links/link.ts';
import type { Repair } from '../../scenario/read/check.ts';
import { parseScenario } from '../../scenario/read/parse.ts';
import { parseTournament } from '../../scenario/tournament/parse.ts';
import { writeTournament } from '../../scenario/tournament/tournament.ts';

/** What a reader may be expected to keep to, and did not. */
class Broken extends Error {}

export const expect = (holds: boolean, what: string): void => {
  if (!holds) throw new Broken(what);
};

/** Half a character, as JSON writes it. */
const LONE_SURROGATE = /(?<!\\)(?:\\\\)*\\ud[89a-f]/;
/** Faults are shown to the reader: short, and of whole characters. */
export const expectReadable = (faults: readonly Pick<Repair, 'path' | 'expected' | 'found'>[]): void => {
  expect(faults.length <= 400, `${faults.length} faults`);
  for (const fault of faults) {
    expect(fault.path.length <= 400, `a path of ${fault.path.length} characters`);
    expect(fault.found.length <= 400, `${fault.found.length} characters found`);
    expect(fault.expected.length <= 4000, `${fault.expected.length} characters expected`);
    expect(!LONE_SURROGATE.test(JSON.stringify(fault)), `half a character in the fault at ${fault.path}`);
  }
};

/** What every reader may be expected to keep to, with what is on offer. */
export const createExpectations = (catalogue: CatalogueInfo, presets: readonly Preset[]) => {
  const strict = (input: unknown): Scenario => parseScenario(input, catalogue, 'strict').scenario;

  const expectValid = (scenario: Scenario): void => {
    const text = JSON.stringify(scenario);
    expect(JSON.stringify(strict(scenario)) === text, 'the strict parser changes it');
    expect(!LONE_SURROGATE.test(text), 'half a character');
  };
  const expectRepaired = ({ scenario, repairs }: { scenario: Scenario; repairs: readonly Repair[] }): void => {
    expectValid(scenario);
    expectReadable(repairs);
  };
  const expectShared = (scenario: Scenario): void => {
    let link: string;
    try {
      link = encodeLink(scenario);
    } catch (thrown) {
      if (thrown instanceof SimError && thrown.code === 'link/too-large') return;
      throw thrown;
    }
    const opened = decodeLink(link, catalogue);
    expect(JSON.stringify(opened.scenario) === JSON.stringify(scenario), 'its link opens to something else');
    expect(opened.repairs.length === 0, 'its link is repaired');
  };

  /** An experiment with a network of two inputs, two units and two classes. */
  const narrow = strict({
    version: 1,
    data: { params: { classes: 2 } },
    model: { hidden: [2] },
    runs: [{ method: 'ga' }],
  });

  const library = { catalogue, presets };
  /** The link of a document opens to the document. */
  const expectOpened = (document: LabDocument): void => {
    const opened = readDocument(linkTo(document), 'repair', library);
    expect(JSON.stringify(opened) === JSON.stringify(document), 'its link opens to something else');
  };
  const expectTournament = (input: unknown): void => {
    const { tournament, repairs } = parseTournament(input, catalogue, presets, 'repair');
    expectReadable(repairs);
    const written = writeTournament(tournament);
    const again = parseTournament(written, catalogue, presets, 'strict').tournament;
    expect(JSON.stringify(again) === JSON.stringify(tournament), 'the strict parser changes it');
    expectOpened({ kind: 'tournament', tournament, repairs: [] });
  };

  /** What any kind of document may be expected to keep to. */
  const expectDocument = (document: LabDocument): void => {
    expectReadable(document.repairs);
    switch (document.kind) {
      case 'scenario':
      case 'results':
        expectValid(document.scenario);
        return;
      case 'tournament':
        expectTournament(writeTournament(document.tournament));
        return;
      case 'lesson':
        expect(!LONE_SURROGATE.test(JSON.stringify(document.lesson)), 'half a character');
        for (const { enter } of document.lesson.pages) if (enter.experiment) expectValid(enter.experiment);
        return;
      case 'weights':
        expectValid(withWeights(narrow, document.weights, catalogue));
    }
  };
  return { strict, expectValid, expectRepaired, expectShared, expectTournament, expectDocument, library };
};
