import { SimError, shown } from '../engine/base/errors.ts';
import type { AnyMethod } from '../engine/contracts/method.ts';
import { startEngine } from '../engine/start.ts';
import type { Results } from '../scenario/format/results.ts';
import type { Scenario } from '../scenario/format/scenario.ts';
import { parseScenario } from '../scenario/read/parse.ts';
import { catalogue, catalogueWith } from '../sim/catalogue.ts';
import { createCollector } from '../sim/collector.ts';
import type { RunEvent } from '../sim/events.ts';
import { simulate as run } from '../sim/simulate.ts';

/** What a simulation may be told besides its scenario. */
export interface SimulationOptions {
  /** Methods of one's own: the scenario's runs name them by their ids. */
  readonly methods?: readonly AnyMethod[];
  /** Only these metrics, by their ids; all if absent. What is not asked for is not computed, and the claims about it are left undecided. */
  readonly metrics?: readonly string[];
}

/** A run that goes on as it is pulled. Not pulling is a pause; leaving the loop ends it and frees what it holds. */
export interface Simulation extends AsyncIterable<RunEvent, void, void> {
  /** The scenario with every default filled in. */
  readonly scenario: Scenario;
  /**
   * Computes what is left and gives everything that was found, as a results file holds it; of a run that was left early, what it
   * found until then. A run that could not be carried out stands in `failures`; the others have gone on.
   *
   * @throws {SimError} if nothing could be computed
   */
  readonly results: () => Promise<Results>;
}

let engine: ReturnType<typeof startEngine> | undefined;

/** The engine, started once: the kernels, or plain JavaScript where WebAssembly has no SIMD. */
const started = (): ReturnType<typeof startEngine> => {
  engine ??= startEngine('', ['kernels', 'cpu']);
  return engine;
};

/** @throws {SimError} method/failed if it is no method, or its id is taken */
const checkMethods = (methods: readonly AnyMethod[]): void => {
  const taken = new Set(catalogue.methods.keys());
  methods.forEach((method, i) => {
    const { id, init, step, params, needs, recipes } = method ?? {};
    const refuse = (expected: string, found: unknown): never => {
      const fault = { path: `/methods/${i}`, expected, found: shown(found) };
      throw new SimError('method/failed', `methods[${i}]: expected ${expected}, found ${fault.found}`, [fault]);
    };
    if (typeof init !== 'function' || typeof step !== 'function') {
      refuse('a method as rowMethod() or editMethod() makes it', method);
    }
    if (typeof id !== 'string' || !/^[a-z][a-z0-9-]*$/.test(id)) refuse('an id in kebab-case', id);
    if (taken.has(id)) refuse('an id that no other method has', id);
    if (typeof params !== 'object' || !Array.isArray(needs) || !Array.isArray(recipes)) {
      refuse('a method with params, needs and recipes', id);
    }
    taken.add(id);
  });
};

/**
 * Runs an experiment: trains the original and the retrained model under every seed, unlearns with every run, and measures.
 * The numbers are those of the page and of the command line, to the bit, wherever the kernels run.
 *
 * @param input a preset, or any scenario as JSON; what it leaves out has the format's defaults
 * @throws {SimError} scenario/invalid with every fault and its place; scenario/newer-version; method/failed if `methods` holds what is
 * no method, or two with one id
 */
export const simulate = (input: object, { methods = [], metrics }: SimulationOptions = {}): Simulation => {
  checkMethods(methods);
  const offered = catalogueWith(methods);
  const { scenario } = parseScenario(input, offered.info, 'strict');
  const collector = createCollector(scenario);
  async function* pulled(): AsyncGenerator<RunEvent, void, void> {
    const backend = await started();
    const now = () => performance.now();
    const { catalogue: all } = offered;
    for await (const event of run({
      runId: 'library',
      scenario,
      catalogue: all,
      metrics,
      backend,
      now,
      pictures: false,
    })) {
      collector.take(event);
      yield event;
    }
  }
  const events = pulled();
  return {
    scenario,
    [Symbol.asyncIterator]: () => events,
    results: async () => {
      for await (const _ of events);
      if (collector.error) throw new SimError(collector.error.code, collector.error.message, collector.error.faults);
      return collector.results();
    },
  };
};
