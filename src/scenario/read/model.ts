import { caps, featuresDefault, modelDefaults } from '../format/defaults.ts';
import type { Activation, Initializer, ModelSpec } from '../format/scenario.ts';
import { at, fault, field, openList, openObject, readChoice, readInt, type Spot } from './check.ts';
import type { DataFacts } from './data.ts';
import { readWeights } from './weights.ts';

const activations: readonly Activation[] = ['relu', 'tanh', 'sigmoid'];
const initializers: readonly Initializer[] = ['auto', 'glorot', 'he'];

const readHidden = (spot: Spot): readonly number[] => {
  const list = openList(spot, 'a list of widths');
  if (list === undefined) return modelDefaults.hidden;
  if (list.length === 0) return fault(spot, `1 to ${caps.layers} hidden layers`, modelDefaults.hidden);
  if (list.length > caps.layers) {
    const found = `${list.length}`;
    const used = `the first ${caps.layers}`;
    spot.report.add({ path: spot.path, expected: `1 to ${caps.layers} hidden layers`, found, used });
  }
  return list.slice(0, caps.layers).map((value, i) => {
    const child = at(spot, i, value);
    const width = modelDefaults.hidden[0] as number;
    return value === undefined ? fault(child, 'a width', width) : readInt(child, { min: 1, max: caps.width }, width);
  });
};

const kinds = ['mlp', 'random-features', 'linear'] as const;
/** The fields of each kind, beside `kind` and `weights`. */
const fields = { mlp: ['hidden', 'activation', 'init'], 'random-features': ['features'], linear: [] } as const;

/** The network without its weights. */
const readShape = (spot: Spot, kind: (typeof kinds)[number]): ModelSpec => {
  switch (kind) {
    case 'random-features':
      return { kind, features: readInt(field(spot, 'features'), { min: 1, max: caps.features }, featuresDefault) };
    case 'linear':
      return { kind };
    case 'mlp':
      return {
        kind,
        hidden: readHidden(field(spot, 'hidden')),
        activation: readChoice(field(spot, 'activation'), activations, modelDefaults.activation),
        init: readChoice(field(spot, 'init'), initializers, modelDefaults.init),
      };
  }
};

/** `model`: what kind of network, and weights that come from elsewhere. */
export const readModel = (spot: Spot, facts: DataFacts): ModelSpec => {
  const kind = readChoice(field(spot, 'kind'), kinds, 'mlp');
  openObject(spot, 'an object', { fields: ['kind', ...fields[kind], 'weights'] });
  const shape = readShape(spot, kind);
  const weights = readWeights(field(spot, 'weights'), shape, facts);
  return weights === undefined ? shape : { ...shape, weights };
};
