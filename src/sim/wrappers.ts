import { SimError } from '../engine/base/errors.ts';
import type * as tf from '../engine/base/tf.ts';
import type { AnyMethod, MethodContext } from '../engine/contracts/method.ts';
import type { Adversary } from '../engine/objective/adversary.ts';
import type { AdversarySpec, RunSpec } from '../scenario/format/scenario.ts';

/** What is wrapped around the updates of a run: an adversary on a hidden layer, a rule for gradients. */

/** Who attacks a run. An adversary of radius 0 is none: the run then is its base method to the bit. */
const attackerOf = ({ adversary }: RunSpec): AdversarySpec | undefined =>
  adversary && adversary.epsilon > 0 ? adversary : undefined;

/** What lanes must agree on to be stacked. */
export const wrapperKey = (run: RunSpec): unknown[] => {
  const attacker = attackerOf(run);
  return [run.surgery, attacker?.layer, attacker?.steps];
};

/** The wrappers of lanes that are stacked; `perLane` makes a column [K, 1]. */
export const wrappersOf = (
  run: RunSpec,
  perLane: (value: (run: RunSpec) => number) => tf.Tensor,
): Pick<MethodContext, 'adversary' | 'surgery'> => {
  const { surgery } = run;
  const attacker = attackerOf(run);
  const column = (name: 'epsilon' | 'learningRate') => perLane(({ adversary }) => adversary?.[name] ?? 0);
  const adversary: Adversary | undefined = attacker && {
    layer: attacker.layer,
    steps: attacker.steps,
    epsilon: column('epsilon'),
    learningRate: column('learningRate'),
  };
  return { ...(adversary && { adversary }), ...(surgery && { surgery }) };
};

/** How often a step reads its batch of the forget set: once, and once more for each step of an adversary. */
export const forgetPasses = (run: RunSpec): number => 1 + (attackerOf(run)?.steps ?? 0);

/** @throws {SimError} method/failed if a run wraps what its method or its network does not have */
export const checkWrappers = (run: RunSpec, method: AnyMethod, hiddenLayers: number): void => {
  const fail = (what: string, path: string, expected: string, found: string): never => {
    throw new SimError('method/failed', `${run.name}: ${what}`, [{ path, expected, found }]);
  };
  const { adversary, surgery } = run;
  const takes = method.wrappers ?? [];
  if (surgery && !takes.includes('surgery')) {
    fail(`${run.method} has no gradient on the forget set to change.`, '/surgery', '"none" with this method', surgery);
  }
  if (adversary && !takes.includes('adversary')) {
    const what = `${run.method} has no terms on the outputs of the forget set for an adversary to attack.`;
    fail(what, '/adversary/kind', '"none" with this method', adversary.kind);
  }
  if (adversary && adversary.layer > hiddenLayers) {
    const what = 'the adversary attacks a layer that the network does not have.';
    const expected = `a hidden layer of the network: 1 to ${hiddenLayers}`;
    fail(what, '/adversary/layer', expected, `${adversary.layer}`);
  }
};
