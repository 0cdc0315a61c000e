import { type Fault, faultError, SimError } from '../engine/base/errors.ts';
import { closest } from '../engine/base/words.ts';
import { type LabDocument, readDocument } from '../scenario/document/document.ts';
import type { CatalogueInfo } from '../scenario/format/catalogue.ts';
import type { Preset } from '../scenario/format/preset.ts';
import { type Provenance, readProvenance } from '../scenario/format/provenance.ts';
import type { Claim, Scenario, ViewSpec } from '../scenario/format/scenario.ts';
import { addressIn } from '../scenario/links/mend.ts';
import { scenarioFromQuery } from '../scenario/links/query.ts';
import { parseScenario } from '../scenario/read/parse.ts';
import type { SimulateArguments } from './arguments.ts';
import { type Io, UsageError } from './terminal/io.ts';

/** What the command line knows of the product. */
export interface Offer {
  readonly catalogue: CatalogueInfo;
  readonly presets: readonly Preset[];
}

/** Also in a sentence or in brackets, and with its '#' escaped. */
const isLink = (source: string): boolean => /^\W*https?:|^[#?]|(#|%23)\d+\./.test(source);

const fromLink = (link: string, offer: Offer): LabDocument => {
  const { hash, search } = addressIn(link);
  if (hash !== '') return readDocument(`#${hash}`, 'strict', offer);
  const parsed = scenarioFromQuery(search, offer.presets, offer.catalogue);
  if (parsed === undefined) throw new UsageError(`${link}: this link holds no experiment`);
  const { repairs, isPresetChanged } = parsed;
  if (isPresetChanged) {
    throw new UsageError(
      `${link}: this preset computes something else now than when the link was made. Leave out "v" to run it as it is now, or use the complete link.`,
    );
  }
  if (repairs.length === 0) return { kind: 'scenario', ...parsed };
  // On the page it is repaired.
  throw faultError(
    'scenario/invalid',
    repairs.map(({ path, expected, found }): Fault => ({ path, expected, found })),
  );
};

const fromFile = (file: string, offer: Offer, io: Io): LabDocument => {
  let content: string | Uint8Array;
  try {
    content = io.read(file);
  } catch (thrown) {
    throw new UsageError(`${file}: cannot be read (${(thrown as Error).message})`);
  }
  try {
    return readDocument(content, 'strict', offer);
  } catch (thrown) {
    if (!(thrown instanceof SimError) || thrown.code !== 'file/malformed') throw thrown;
    throw new UsageError(`${file}: ${thrown.message}`);
  }
};

/**
 * What the command line asks for: a preset, a link, or a file.
 *
 * @throws {UsageError} if there is nothing to read
 * @throws {SimError} scenario/invalid, link/malformed, link/too-large, link/newer-version
 */
export const readSource = (source: string, offer: Offer, io: Io): LabDocument => {
  const preset = offer.presets.find(({ id }) => id === source);
  if (preset !== undefined) return { kind: 'scenario', ...parseScenario(preset.input, offer.catalogue, 'strict') };
  if (isLink(source)) return fromLink(source, offer);
  if (io.exists(source) || /\.(json|npz)$/i.test(source)) return fromFile(source, offer, io);
  const ids = offer.presets.map(({ id }) => id);
  const meant = closest(source, ids);
  const hint = meant === undefined ? '' : ` (did you mean ${meant}?)`;
  throw new UsageError(`no preset, file or link ${JSON.stringify(source)}${hint}; the presets are ${ids.join(', ')}`);
};

/** The scenario with some of its runs only, and what the page and the claims say about those. */
const withRuns = (scenario: Scenario, names: readonly string[]): Scenario => {
  for (const name of names) {
    if (scenario.runs.some((run) => run.name === name)) continue;
    const known = scenario.runs.map((run) => run.name);
    const meant = closest(name, known);
    const hint = meant === undefined ? '' : ` (did you mean ${meant}?)`;
    throw new UsageError(`--runs: expected some of ${known.join(', ')}${hint}, found ${JSON.stringify(name)}`);
  }
  const left = [...names, 'original', 'retrained'];
  const isLeft = (claim: Claim) => left.includes(claim.run) && left.includes(claim.than?.run ?? claim.run);
  const { hero: _, ...view }: ViewSpec = scenario.view;
  return {
    ...scenario,
    runs: scenario.runs.filter((run) => names.includes(run.name)),
    claims: scenario.claims.filter(isLeft),
    view,
  };
};

/** A scenario, and what its link or results file says of its results. */
export interface Loaded extends Provenance {
  readonly scenario: Scenario;
}

/**
 * The scenario of a document, with the runs and the seeds that the command line asks for.
 *
 * @throws {UsageError} for a document without a scenario, and for a run that there is not
 * @throws {SimError} scenario/invalid
 */
export const scenarioFor = (args: SimulateArguments, document: LabDocument, { catalogue }: Offer): Loaded => {
  if (!('scenario' in document)) {
    const hint =
      document.kind === 'weights'
        ? '. On the page weights take the place of training; here write them under model.weights of an experiment'
        : '. A lesson opens on the page';
    throw new UsageError(
      `${args.source}: expected an experiment or a tournament, found a file of kind ${document.kind}${hint}`,
    );
  }
  const { scenario: given, checksum, engine } = document;
  let scenario = given;
  if (args.runs !== undefined) scenario = withRuns(scenario, args.runs);
  if (args.seeds !== undefined) {
    scenario = parseScenario({ ...scenario, seeds: args.seeds }, catalogue, 'strict').scenario;
  }
  if (scenario.runs.length === 0) {
    throw faultError('scenario/invalid', [{ path: '/runs', expected: 'at least one run', found: '[]' }]);
  }
  // What its author saw says nothing about other runs or seeds.
  return { scenario, ...(scenario === given ? readProvenance(checksum, engine) : {}) };
};
