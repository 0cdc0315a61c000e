import { SimError } from '../engine/errors.ts';
import type { CatalogueInfo } from './catalogue.ts';
import { isObject } from './check.ts';
import { parseScenario } from './parse.ts';
import { type Provenance, readProvenance } from './provenance.ts';
import type { Scenario } from './scenario.ts';

/** What a file holds: a scenario, and where it is a results file, what its author saw. */
export interface ScenarioFile extends Provenance {
  readonly scenario: Scenario;
}

const own = (value: unknown, key: string): unknown =>
  isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;

const malformed = (why: string): SimError => new SimError('file/malformed', why);

/**
 * Reads the text of a scenario file or of a results file, whose scenario it takes. Strict: nothing is repaired. The
 * numbers of a results file are not read: they are computed again and compared by its checksum.
 *
 * @throws {SimError} file/malformed, scenario/invalid (with every fault)
 */
export const readScenarioFile = (text: string, catalogue: CatalogueInfo): ScenarioFile => {
  let input: unknown;
  try {
    input = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (thrown) {
    throw malformed(`expected JSON (${(thrown as Error).message})`);
  }
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
