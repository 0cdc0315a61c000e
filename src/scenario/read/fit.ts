import { caps } from '../format/defaults.ts';
import type { RunSpec, Scenario } from '../format/scenario.ts';
import { variantCount } from '../format/variants.ts';
import { networkSize } from '../format/weights.ts';
import type { Spot } from './check.ts';
import type { DataFacts } from './data.ts';

const settingsIn = (runs: readonly RunSpec[]): number => runs.reduce((sum, run) => sum + variantCount(run), 0);

/** Drops sweeps, those of the last runs first, until at most `most` settings are left. */
const dropSweeps = (runs: readonly RunSpec[], most: number): readonly RunSpec[] => {
  let left = runs;
  for (let i = runs.length - 1; i >= 0 && settingsIn(left) > most; i--) {
    left = left.map((run, index) => (index === i ? { ...run, sweep: {} } : run));
  }
  return left;
};

const stepsOf = (run: RunSpec): number => {
  const swept = Object.hasOwn(run.sweep, 'steps') ? (run.sweep['steps'] as readonly number[]) : [];
  return swept.length > 0 ? Math.max(...swept) : run.steps;
};

const fitLanes = (scenario: Scenario, root: Spot): Scenario => {
  const lanes = scenario.seeds.length * settingsIn(scenario.runs);
  if (lanes <= caps.lanes) return scenario;
  const runs = dropSweeps(scenario.runs, caps.lanes);
  const settings = settingsIn(runs);
  const seeds = scenario.seeds.slice(0, Math.max(1, Math.floor(caps.lanes / settings)));
  root.report.add({
    path: `${root.path}/seeds`,
    expected: `at most ${caps.lanes} lanes (seeds x swept settings)`,
    found: `${scenario.seeds.length} seeds x ${settingsIn(scenario.runs)} settings = ${lanes}`,
    used: `${seeds.length} seeds x ${settings} settings`,
  });
  return { ...scenario, runs, seeds };
};

const fitWeights = (scenario: Scenario, facts: DataFacts, root: Spot): Scenario => {
  // Two more lanes for each seed: the original and the retrained model.
  const lanes = scenario.seeds.length * (settingsIn(scenario.runs) + 2);
  const most = Math.min(caps.weights, Math.floor(caps.laneWeights / lanes));
  const { model } = scenario;
  if (model.kind !== 'mlp') return scenario; // at most caps.features x caps.classes
  const count = (hidden: readonly number[]) => networkSize({ ...model, hidden }, facts.inputs, facts.classes);
  let { hidden } = model;
  const found = count(hidden);
  if (found <= most) return scenario;
  while (count(hidden) > most && hidden.some((width) => width > 1)) {
    hidden = hidden.map((width) => Math.max(1, Math.floor(width / 2)));
  }
  root.report.add({
    path: `${root.path}/model/hidden`,
    expected: `a network of at most ${most} weights for ${lanes} lanes`,
    found: `${found} weights`,
    used: `[${hidden.join(', ')}]`,
  });
  const { weights: _, ...shape } = model; // they were for the larger network
  return { ...scenario, model: { ...shape, hidden } };
};

const fitRecorded = (scenario: Scenario, root: Spot): Scenario => {
  const longest = scenario.runs.reduce((most, run) => Math.max(most, stepsOf(run)), 0);
  const requests = scenario.requests?.length ?? 1;
  const least = Math.ceil(longest / Math.floor((caps.recorded - 1) / requests));
  const { every } = scenario.evaluate;
  if (every >= least) return scenario;
  root.report.add({
    path: `${root.path}/evaluate/every`,
    expected: `at least ${least}: a run of ${longest * requests} steps may be recorded ${caps.recorded} times`,
    found: `${every}`,
    used: `${least}`,
  });
  return { ...scenario, evaluate: { every: least } };
};

/** Holds the experiment as a whole to the caps: lanes, weights of all lanes, recorded steps. */
export const fitCaps = (scenario: Scenario, facts: DataFacts, root: Spot): Scenario =>
  fitRecorded(fitWeights(fitLanes(scenario, root), facts, root), root);
