import { SimError } from '../../engine/base/errors.ts';
import { foldIn, keyOf } from '../../engine/base/random.ts';
import * as tf from '../../engine/base/tf.ts';
import type { Network, Served } from '../../engine/contracts/network.ts';
import { network } from '../../engine/start.ts';
import { readNames } from '../../scenario/facts/read-facts.ts';
import type { ForgetSpec, ModelSpec, Scenario } from '../../scenario/format/scenario.ts';
import type { Draw, Outputs, Request, SplitIndices } from '../family.ts';
import { weightsView } from '../shared/weights-view.ts';
import { type AnswerJudge, answerJudge } from './answers.ts';
import type { TextAttacked } from './attacks/attacked.ts';
import { dividedBy, factsOf, forgottenBy, namesSpec, type TextForget } from './forget-sets.ts';
import type { ReadWindows } from './generate.ts';
import type { Relation } from './grammar.ts';
import { libraryOf, readingsOf, type TextReadings, type WorldLibrary } from './outputs.ts';
import { answersPicture, answerTo, shownQuestions } from './picture.ts';
import { quantized } from './quantize.ts';
import type { TextQuestion, TruthQuestion } from './shown.ts';
import { truthOf } from './truth.ts';
import { sidesOf, type TextView } from './view.ts';
import { slotsOf, tokensOf, WINDOW } from './windows.ts';
import type { World } from './world.ts';

/** What a model says of a world, with its weights. */
export interface TextOutputs extends Outputs {
  readonly readings: TextReadings;
}

/** A draw with what only this family knows of it. */
export interface TextDraw extends Draw {
  readonly world: World;
  readonly library: WorldLibrary;
}

/** Standard deviation of the numbers of a word's vector before training. */
const DEVIATION = 0.2;

/** Bits per weight, where a question is put to a smaller copy. */
const FEW_BITS = 4;

/** Rows that are read at once: more would only take memory. */
const AT_ONCE = 2048;

/** A network, or what is served in its place, as something that reads windows. */
const readerOf = (model: Network, weights: Float32Array, served: Served = model): ReadWindows => {
  const slots = model.inputs;
  return (x, rows) => {
    const all = new Float32Array(rows * model.classes);
    for (let from = 0; from < rows; from += AT_ONCE) {
      const to = Math.min(rows, from + AT_ONCE);
      const windows = tf.tensorOf(x.slice(from * slots, to * slots), [1, to - from, slots]);
      all.set(served.predict(weights, windows).logProbs, from * model.classes);
      windows.dispose();
    }
    return all;
  };
};

const networkOf = (spec: ModelSpec, { vocabulary }: World): Network => {
  if (spec.kind !== 'network') throw new SimError('scenario/invalid', `There is no network of words "${spec.kind}".`);
  const { width = 12, hidden = 48, activation = 'relu' } = spec.params;
  return network({
    inputs: slotsOf(WINDOW),
    embedding: { vocabulary: vocabulary.length, width: Number(width), deviation: DEVIATION },
    hidden: [Number(hidden)],
    classes: vocabulary.length,
    activation: activation === 'tanh' ? 'tanh' : 'relu',
    init: 'glorot',
  });
};

const forgetOf = (spec: ForgetSpec, isPerSeed: boolean): TextForget => {
  if (spec.kind === 'rule') {
    const { share, first, count, relation, family, names = '' } = spec.params;
    switch (spec.id) {
      case 'named':
        return names === ''
          ? { kind: 'numbers', first: 0, count: 1 }
          : { kind: 'authors', authors: readNames(String(names), namesSpec).names, isPerSeed };
      case 'authors':
        return { kind: 'numbers', first: Number(first), count: Number(count) };
      case 'relation':
        return { kind: 'relation', relation: relation as Relation };
      case 'family':
        return { kind: 'family', family: String(family) };
      default:
        return { kind: 'share', share: Number(share) };
    }
  }
  throw new SimError('forget/invalid', `A world of words has no forget set of kind "${spec.kind}".`, [
    { path: '/forget/kind', expected: '"rule"', found: spec.kind },
  ]);
};

const NONE = new Int32Array();

/** Requests one after the other: each adds what was not asked for before. */
const divide = (world: World, specs: readonly ForgetSpec[], isPerSeed: boolean): Request[] => {
  const facts = factsOf(world);
  const gone = new Set<number>();
  return specs.map((spec, i) => {
    const added = forgottenBy(world, forgetOf(spec, isPerSeed)).filter((fact) => !gone.has(fact));
    for (const fact of added) gone.add(fact);
    const retain = facts.filter((fact) => !gone.has(fact));
    if (added.length === 0 || retain.length === 0) {
      const expected = added.length === 0 ? 'facts that no request before has asked for' : 'something to keep';
      throw new SimError('forget/invalid', `Request ${i + 1} cannot be met: expected ${expected}.`, [
        { path: `/requests/${i}`, expected, found: added.length === 0 ? 'none' : 'nothing' },
      ]);
    }
    const forget = Int32Array.from(added);
    const after: SplitIndices = {
      forget: Int32Array.from(facts.filter((fact) => gone.has(fact))),
      retain: Int32Array.from(retain),
      testForget: NONE,
      testRetain: NONE,
    };
    return { forget, after };
  });
};

/** Forward passes of one row that a reading of all that metrics look at takes, about. */
const costOf = (forget: number): number => 7 * (8 * forget + 8 * 60 + 7 * 24);

/** A world with the network that reads it. */
export const textDraw = (world: World, scenario: Scenario): TextDraw => {
  const model = networkOf(scenario.model, world);
  const library = libraryOf(world);
  const judge: AnswerJudge = answerJudge(world);
  const tokens = tokensOf(world.vocabulary);
  const facts = factsOf(world);
  const isPerSeed = scenario.data.seed === 'lane';
  const requests = divide(world, scenario.requests ?? [scenario.forget], isPerSeed);
  const { after } = requests.at(-1) as Request;
  const asked = shownQuestions(world, dividedBy(world, Array.from(after.forget)));
  /** The readings of the weights that came last: the numbers of a step and its picture read each answer once. */
  let last: { readonly weights: Float32Array; readonly readings: TextReadings } | undefined;
  const readingsAt = (weights: Float32Array, served?: Served): TextReadings => {
    if (last?.weights === weights) return last.readings;
    last = { weights, readings: readingsOf(library, readerOf(model, weights, served)) };
    return last.readings;
  };
  const cost = costOf(after.forget.length);
  const draw: TextDraw = {
    world,
    library,
    examples: facts.length,
    model,
    cost: { evaluation: cost, picture: 7 * asked.questions.length },
    undivided: { forget: NONE, retain: Int32Array.from(facts), testForget: NONE, testRetain: NONE },
    divide: (specs) => divide(world, specs, isPerSeed),
    given: () => undefined,
    outputs: (weights, served): TextOutputs => ({ weights, readings: readingsAt(weights, served) }),
    picture: (weights, _, served) => answersPicture(world, judge, asked, readingsAt(weights, served)),
    shown: asked,
    evalView: (split, subjects): TextView => ({
      world,
      judge,
      items: sidesOf(world, dividedBy(world, Array.from(split.forget))),
      readings: (subject = 'unlearned') => (subjects[subject] as TextOutputs).readings,
      weights: (subject = 'unlearned') => subjects[subject].weights,
      layout: model.layout,
      words: tokens.words,
    }),
    view: (seed, key) => weightsView(seed, key, 'questions and answers'),
    attacked: (): { readonly dataset: TextAttacked } => ({
      dataset: {
        world,
        judge,
        library,
        words: tokens.words,
        readings: (weights) => readingsOf(library, readerOf(model, weights)),
      },
    }),
    named: (weights) =>
      model.layout.map(({ name, shape, offset, size }) => ({
        name,
        shape,
        values: weights.slice(offset, offset + size),
      })),
    ask: (question, weights, { split, retrained }, served) => {
      const own = question as TextQuestion | TruthQuestion;
      if ('about' in own) {
        const target = retrained && readingsOf(library, readerOf(model, retrained.weights));
        return truthOf(world, own.item, Array.from(split.forget), readingsAt(weights, served), target);
      }
      if (own.asking !== 'bits') return answerTo(world, judge, own, readingsAt(weights, served));
      if (served) {
        throw new SimError(
          'worker/unknown-query',
          'This answer comes from several networks: it has no copy of few bits.',
        );
      }
      const few = quantized(weights, model.layout, FEW_BITS);
      return answerTo(world, judge, own, readingsOf(library, readerOf(model, few)));
    },
    dispose: () => {},
  };
  return draw;
};

/** The key of the world of a run seed. */
export const worldKey = ({ data }: Scenario, seed: number) =>
  foldIn(keyOf(data.seed === 'lane' ? seed : data.seed), 'data');
