import { SimError } from '../../engine/base/errors.ts';
import type { CatalogueInfo } from '../format/catalogue.ts';
import type { Preset } from '../format/presets.ts';
import { type Provenance, readProvenance } from '../format/provenance.ts';
import type { Scenario } from '../format/scenario.ts';
import { isObject } from '../read/check.ts';
import { parseScenario } from '../read/parse.ts';
import { isTournament, parseTournament } from '../tournament/parse.ts';
import type { Tournament } from '../tournament/tournament.ts';

/** What a file holds: a scenario, and where it is a results file, what its author saw. */
export interface ScenarioFile extends Provenance {
  readonly scenario: Scenario;
}

/** A member of what may be an object. */
const own = (value: unknown, key: string): unknown =>
  isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;

const malformed = (why: string): SimError => new SimError('file/malformed', why);

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (thrown) {
    throw malformed(`expected JSON (${(thrown as Error).message})`);
  }
};

/**
 * Reads the text of a scenario file or of a results file, whose scenario it takes. Strict: nothing is repaired. The
 * numbers of a results file are not read: they are computed again and compared by its checksum.
 *
 * @throws {SimError} file/malformed, scenario/invalid (with every fault)
 */
export const readScenarioFile = (text: string, catalogue: CatalogueInfo): ScenarioFile => {
  const input = jsonOf(text);
  const inner = own(input, 'scenario');
  const raw = inner ?? input;
  if (!isObject(raw)) throw malformed('expected a scenario, which is a JSON object');
  const { scenario } = parseScenario(raw, catalogue, 'strict');
  if (inner === undefined) return { scenario };
  const engine = own(input, 'engine');
  const words = [own(engine, 'backend'), own(engine, 'version')];
  const name = words.every((word) => typeof word === 'string') ? words.join(' ') : undefined;
  return { scenario, ...readProvenance(own(input, 'checksum'), name) };
};

/**
 * Reads the text of a tournament file or of a file of its results, whose tournament it takes; undefined if it is neither.
 * Strict: nothing is repaired.
 *
 * @throws {SimError} file/malformed, scenario/invalid (with every fault)
 */
export const readTournamentFile = (
  text: string,
  catalogue: CatalogueInfo,
  presets: readonly Preset[],
): Tournament | undefined => {
  const input = jsonOf(text);
  const raw = own(input, 'tournament') ?? input;
  return isTournament(raw) ? parseTournament(raw, catalogue, presets, 'strict').tournament : undefined;
};
