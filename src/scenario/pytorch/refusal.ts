import type { MethodInfo } from '../../engine/contracts/method.ts';
import type { CatalogueInfo } from '../format/catalogue.ts';
import type { RunSpec, Scenario } from '../format/scenario.ts';
import { pythonRetainTerms } from './methods.ts';
import { pythonMethodOf } from './of-method.ts';
import { hasPython } from './wrappers.ts';

/** Why a run cannot be written as a script. */
export type PytorchRefusal =
  /** Changes the weights once, by a rule that is no loss. */
  | 'oneShot'
  /** Several networks, or something beside the network, are trained or answer. */
  | 'alone'
  /** The method goes through phases that the script does not know yet. */
  | 'method'
  | 'setting'
  | 'retain'
  | 'wrapper'
  | 'requests';

/** Why a run cannot be written as a script; undefined if it can. */
export const pytorchRefusal = (
  { requests }: Pick<Scenario, 'requests'>,
  run: Pick<RunSpec, 'method' | 'params' | 'retain' | 'wrappers'>,
  method: Pick<MethodInfo, 'id' | 'schedule' | 'alone' | 'params' | 'rule'>,
  { wrappers }: Pick<CatalogueInfo, 'wrappers'>,
): PytorchRefusal | undefined => {
  if (method.schedule === 'one-shot') return 'oneShot';
  if (method.alone) return 'alone';
  const own = pythonMethodOf(method);
  if (!own) return 'method';
  if (own.refuses?.(run.params)) return 'setting';
  if (run.retain.kind !== 'none' && !Object.hasOwn(pythonRetainTerms, run.retain.kind)) return 'retain';
  if (!hasPython(run, wrappers)) return 'wrapper';
  return requests && requests.length > 1 ? 'requests' : undefined;
};

/** The refusal in words, for the command line. The page has its own words. */
export const refusalWords: Readonly<Record<PytorchRefusal, string>> = {
  oneShot: 'this method changes the weights once, by a rule that is no loss: save its weights instead',
  alone: 'this method works with more than the network itself: there is no script for it yet',
  method: 'this method goes through phases that the script cannot write yet',
  setting: 'one of its settings asks for what the script cannot write yet (SCRUB: rewinding)',
  retain: 'its retain term has no PyTorch form yet',
  wrapper: 'one of its wrappers has no PyTorch form yet',
  requests: 'several deletion requests in a row cannot be written yet',
};
