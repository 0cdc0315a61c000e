import type { CatalogueInfo, KindInfo } from '../format/catalogue.ts';
import { caps, featuresDefault, modelDefaults } from '../format/defaults.ts';
import type { Activation, Initializer, ModelSpec, NetworkSpec, PointModelSpec } from '../format/scenario.ts';
import { at, byId, fault, field, oneOf, openList, openObject, readChoice, readInt, type Spot } from './check.ts';
import type { DataFacts } from './data.ts';
import { readParams } from './read.ts';
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
const readShape = (spot: Spot, kind: (typeof kinds)[number]): PointModelSpec => {
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

/** A network of a family that describes its networks by schemas; the first is the one where none is named. */
const readNetwork = (spot: Spot, networks: readonly KindInfo[], family: string): NetworkSpec => {
  const kind = field(spot, 'kind');
  const id = field(spot, 'id');
  openObject(spot, 'an object', { fields: ['kind', 'id', 'params', 'weights'] });
  const weights = field(spot, 'weights');
  if (weights.value !== undefined) {
    const expected = `no weights: a network of ${family} is trained here, open them beside an experiment with points`;
    fault(weights, expected, undefined, 'left out');
  }
  if (kind.value !== undefined) readChoice(kind, ['network'] as const, 'network');
  const first = networks[0] as KindInfo;
  const known = id.value === undefined ? first : (byId(networks, id.value) ?? first);
  if (id.value !== undefined && known.id !== id.value) {
    fault(
      id,
      `${oneOf(
        networks.map((one) => one.id),
        id.value,
      )}, a network of ${family}`,
      first.id,
    );
  }
  const params =
    known.id === id.value || id.value === undefined ? field(spot, 'params') : at(spot, 'params', undefined);
  return {
    kind: 'network',
    id: known.id,
    params: readParams(params, known.params, `an object with the parameters of ${known.id}`),
  };
};

/** `model`: what kind of network, and weights that come from elsewhere. */
export const readModel = (spot: Spot, facts: DataFacts, { own }: CatalogueInfo): ModelSpec => {
  if (own?.networks) return readNetwork(spot, own.networks, own.title);
  const kind = readChoice(field(spot, 'kind'), kinds, 'mlp');
  openObject(spot, 'an object', { fields: ['kind', ...fields[kind], 'weights'] });
  const shape = readShape(spot, kind);
  const weights = readWeights(field(spot, 'weights'), shape, facts);
  return weights === undefined ? shape : { ...shape, weights };
};
