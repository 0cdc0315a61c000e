import { type Fault, faultError, SimError } from '../../engine/base/errors.ts';
import { caps } from '../format/defaults.ts';
import type { Preset } from '../format/preset.ts';
import type { Scenario } from '../format/scenario.ts';
import {
  createReport,
  fault,
  field,
  isObject,
  oneOf,
  openObject,
  readNumber,
  readText,
  type Spot,
} from '../read/check.ts';
import type { Library } from '../read/document-kind.ts';
import { parseScenario } from '../read/parse.ts';
import { withDraws } from '../tournament/tournament.ts';

/** What whoever entered it says of its results; the checksum is theirs to the last digit that counts. */
interface EntryClaim {
  /** How far the run is from the retrained model: see `standingOf`. */
  readonly gap: number;
  readonly checksum: string;
  /** What computed them: 'kernels 0.1.0'. */
  readonly engine: string;
}

/** A method, or a rule of one's own, with all its settings, on a problem that others have too, and what it reached. */
export interface LeaderboardEntry {
  /** The file's name. */
  readonly id: string;
  readonly title: string;
  /** Who entered it. */
  readonly by: string;
  /** How its settings were found. */
  readonly note: string;
  /** The preset whose data, forget set, model and training it is about. */
  readonly problem: string;
  /** Null before it has been computed. */
  readonly claim: EntryClaim | null;
  /** The run on that problem, every seed with its own data. */
  readonly scenario: Scenario;
}

/** Seeds of every entry: those on which tournaments report. */
const leaderboardSeeds: readonly number[] = [5, 6, 7, 8, 9];

const fields = ['kind', 'version', 'title', 'by', 'note', 'problem', 'run', 'own', 'claim'];
const MOST_TEXT = 400;

/** A text that has to be there. */
const needed = (spot: Spot): string =>
  typeof spot.value === 'string' && spot.value.trim() !== ''
    ? readText(spot, MOST_TEXT, '')
    : fault(spot, 'a text', '');

const matching = (spot: Spot, pattern: RegExp, expected: string): string =>
  typeof spot.value === 'string' && pattern.test(spot.value) ? spot.value : fault(spot, expected, '');

const readClaim = (spot: Spot): EntryClaim | null => {
  if (spot.value === undefined) return null;
  openObject(spot, 'an object', { fields: ['gap', 'checksum', 'engine'] });
  const gap = field(spot, 'gap');
  return {
    gap: gap.value === undefined ? fault(gap, 'a number', 0) : readNumber(gap, { min: 0, max: 1e6 }, 0),
    checksum: matching(field(spot, 'checksum'), /^[0-9a-f]{8}$/, 'eight hexadecimal digits'),
    engine: matching(field(spot, 'engine'), /^[a-z]{1,20} \d+\.\d+\.\d+$/, 'what computed it, such as "kernels 0.1.0"'),
  };
};

/** The fields of the scenario that an entry's run makes of a problem; only its beginning and its end are recorded. */
const scenarioFields = (problem: Preset, run: unknown, own: unknown): object => {
  const { version, family, data, forget, requests, model, training } = problem.input as Record<string, unknown>;
  const some = Object.entries({ family, data, forget, requests, model, training, own });
  return {
    ...Object.fromEntries(some.filter(([, value]) => value !== undefined)),
    version,
    seeds: leaderboardSeeds,
    evaluate: { every: caps.steps },
    runs: [run],
  };
};

/** Faults of the scenario by where they stand in the entry. */
const inEntry = ({ path, ...rest }: Fault): Fault => ({ ...rest, path: path.replace(/^\/runs\/0(?=\/|$)/, '/run') });

/**
 * Reads an entry of the leaderboard, strictly.
 *
 * @param id the file's name without its ending
 * @throws {SimError} scenario/invalid, with every fault
 */
export const readEntry = (id: string, input: unknown, { catalogue, presets }: Library): LeaderboardEntry => {
  const report = createReport();
  const root: Spot = { value: input, path: '', report };
  if (!isObject(input)) fault(root, 'an entry of the leaderboard, which is an object', undefined);
  openObject(root, 'an entry', { fields });
  const kind = field(root, 'kind');
  if (kind.value !== 'leaderboard') fault(kind, '"leaderboard"', 'leaderboard');
  const version = field(root, 'version');
  if (version.value !== 1) fault(version, '1', 1);
  const [title, by, note] = (['title', 'by', 'note'] as const).map((name) => needed(field(root, name)));
  const claim = readClaim(field(root, 'claim'));
  const spot = field(root, 'problem');
  const problem = presets.find((preset) => preset.id === spot.value);
  const expected = oneOf(
    presets.map((preset) => preset.id),
    spot.value,
  );
  if (!problem) fault(spot, `the id of an experiment: ${expected}`, '');
  const run = field(root, 'run');
  if (!isObject(run.value)) fault(run, 'a run as a scenario has it', {});
  else if (Object.hasOwn(run.value, 'sweep')) {
    fault(field(run, 'sweep'), 'no sweep: an entry is one setting', undefined);
  }
  const faults: Fault[] = report.repairs().map(({ used: _, ...rest }) => rest);
  if (!problem || !isObject(run.value)) throw faultError('scenario/invalid', faults);
  try {
    const own = field(root, 'own').value;
    const { scenario } = parseScenario(scenarioFields(problem, run.value, own), catalogue, 'strict');
    if (faults.length > 0) throw faultError('scenario/invalid', faults);
    return {
      id,
      title: title ?? '',
      by: by ?? '',
      note: note ?? '',
      problem: problem.id,
      claim,
      scenario: { ...withDraws(scenario, true), title: title ?? '' },
    };
  } catch (thrown) {
    if (!(thrown instanceof SimError) || thrown.faults.length === 0) throw thrown;
    const all = [...faults, ...thrown.faults.map(inEntry)];
    throw faultError('scenario/invalid', [...new Map(all.map((one) => [one.path + one.expected, one])).values()]);
  }
};
