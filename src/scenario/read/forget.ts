import { defaultsOf } from '../../engine/base/schema.ts';
import type { CatalogueInfo, FamilyInfo, KindInfo } from '../format/catalogue.ts';
import {
  caps,
  componentForgetDefaults,
  forgetDefaults,
  randomForgetDefaults,
  selectorForgetDefaults,
} from '../format/defaults.ts';
import type { ForgetSpec, Region, RuleSpec } from '../format/scenario.ts';
import {
  at,
  byId,
  createReport,
  fault,
  field,
  isCoordinate,
  isObject,
  oneOf,
  openList,
  openObject,
  readInt,
  readNumber,
  type Spot,
} from './check.ts';
import type { DataFacts } from './data.ts';
import { moved } from './inline.ts';
import { readParams, readSeedOrLane, readSet } from './read.ts';

const kinds = ['class', 'random', 'indices', 'region', 'component', 'selector'] as const;
type Kind = (typeof kinds)[number];

const fieldsOf: Readonly<Record<Kind, readonly string[]>> = {
  class: ['kind', 'label'],
  random: ['kind', 'fraction', 'seed'],
  indices: ['kind', 'indices'],
  region: ['kind', 'polygon', 'disc'],
  component: ['kind', 'name', 'fraction', 'seed'],
  selector: ['kind', 'id', 'count', 'params'],
};

/** What a forget set is read with. */
interface Context {
  readonly facts: DataFacts;
  readonly catalogue: Pick<CatalogueInfo, 'selectors' | 'own'>;
}

/** The classes that some, but not all, training points have. */
const forgettable = (labels: readonly number[]): number[] => {
  const present = [...new Set(labels)].sort((a, b) => a - b);
  return present.length > 1 ? present : [];
};

const readLabel = (spot: Spot, facts: DataFacts): ForgetSpec => {
  const withPoints = facts.classes - Number(facts.hasSpareClass);
  const label = readInt(spot, { min: 0, max: withPoints - 1 }, forgetDefaults.label);
  if (facts.labels === undefined) return { kind: 'class', label };
  const present = forgettable(facts.labels);
  if (present.includes(label)) return { kind: 'class', label };
  if (present.length > 0) {
    const words = present.map(String);
    const expected =
      words.length === 1 ? `class ${words[0]}` : `a class with training points (one of ${words.join(', ')})`;
    return { kind: 'class', label: fault(spot, expected, present[0] as number) };
  }
  const other: ForgetSpec = { kind: 'random', ...randomForgetDefaults };
  return fault(spot, 'a class that only some of the training points have', other, 'a random tenth of the points');
};

const wholeClass = (facts: DataFacts): ForgetSpec => {
  const present = facts.labels === undefined ? [forgetDefaults.label] : forgettable(facts.labels);
  return present.length > 0
    ? { kind: 'class', label: present[0] as number }
    : { kind: 'random', ...randomForgetDefaults };
};

const readIndices = (spot: Spot, facts: DataFacts): ForgetSpec => {
  const list = openList(spot, 'a list of indices of training points');
  const points = facts.labels?.length;
  const last = (points ?? caps.points) - 1;
  const isIndex = (value: unknown): value is number =>
    Number.isInteger(value) && (value as number) >= 0 && (value as number) <= last;
  if (list === undefined) {
    if (spot.value === undefined) fault(spot, 'a list of indices of training points', undefined, 'a whole class');
    return wholeClass(facts);
  }
  const indices = readSet(
    spot,
    list.map((index) => moved(index, facts.kept)),
    isIndex,
    `an index of a training point, a whole number in [0, ${last}]`,
  ).sort((a, b) => a - b);
  if (indices.length === 0)
    return fault(spot, 'at least one index: an empty forget set asks for nothing', wholeClass(facts), 'a whole class');
  if (indices.length === points) {
    return fault(spot, 'fewer than all training points: something must be kept', wholeClass(facts), 'a whole class');
  }
  return { kind: 'indices', indices };
};

type Place = readonly [number, number];
const readPlace = (spot: Spot): Place | undefined => {
  const { value } = spot;
  const [x, y] = Array.isArray(value) && value.length === 2 ? value : [];
  if (!isCoordinate(x, caps.coordinate) || !isCoordinate(y, caps.coordinate)) {
    return fault(spot, 'a place [x, y]', undefined, 'left out');
  }
  return [x === 0 ? 0 : x, y === 0 ? 0 : y];
};

const readRegion = (spot: Spot, instead = 'a whole class'): Region | undefined => {
  const polygon = field(spot, 'polygon');
  const disc = field(spot, 'disc');
  if ((polygon.value === undefined) === (disc.value === undefined)) {
    return fault(spot, 'either a polygon or a disc', undefined, instead);
  }
  if (disc.value !== undefined) {
    openObject(disc, 'an object with center and radius', { fields: ['center', 'radius'] });
    const center = readPlace(field(disc, 'center'));
    const radius = field(disc, 'radius');
    if (!isCoordinate(radius.value, caps.coordinate) || radius.value <= 0) {
      return fault(radius, 'a number above 0', undefined, instead);
    }
    return center === undefined ? undefined : { disc: { center, radius: radius.value } };
  }
  const list = openList(polygon, 'a list of corners') ?? [];
  if (list.length > caps.corners) {
    const found = `${list.length}`;
    polygon.report.add({
      path: polygon.path,
      expected: `at most ${caps.corners} corners`,
      found,
      used: `the first ${caps.corners}`,
    });
  }
  const corners = list
    .slice(0, caps.corners)
    .map((place, i) => readPlace(at(polygon, i, place)))
    .filter((place) => place !== undefined);
  return corners.length >= 3 ? { polygon: corners } : fault(polygon, 'at least three corners', undefined, instead);
};

const readSelector = (spot: Spot, facts: DataFacts, { selectors }: Context['catalogue']): ForgetSpec => {
  const id = field(spot, 'id');
  const known = byId(selectors, id.value);
  if (!known) {
    const ids = selectors.map((one) => one.id);
    return fault(id, `the id of a selector: ${oneOf(ids, id.value)}`, wholeClass(facts), 'a whole class');
  }
  const max = (facts.labels?.length ?? caps.points) - 1;
  const count = field(spot, 'count');
  if (max < 1) return fault(count, 'data with two training points at least', wholeClass(facts), 'a whole class');
  return {
    kind: 'selector',
    id: known.id,
    count: readInt(count, { min: 1, max }, Math.min(selectorForgetDefaults.count, max)),
    params: readParams(field(spot, 'params'), known.params, `an object with the parameters of ${known.id}`),
  };
};

/** More than nothing and less than everything. */
const readFraction = (spot: Spot, byDefault: number): number =>
  readNumber(spot, { min: 0, max: 1, open: true }, byDefault, { min: 0.001, max: 0.999 });

/** `requests`: several forget sets in a row. */
export const readRequests = (spot: Spot, context: Context): readonly ForgetSpec[] | undefined => {
  const list = openList(spot, 'a list of forget sets');
  if (list === undefined) return undefined;
  if (list.length === 0) return fault(spot, 'at least one forget set', undefined, 'one request');
  if (list.length > caps.requests) {
    const found = `${list.length}`;
    const used = `the first ${caps.requests}`;
    spot.report.add({ path: spot.path, expected: `at most ${caps.requests} requests`, found, used });
  }
  return list.slice(0, caps.requests).map((value, i) => readOne(at(spot, i, value), context));
};

/** `forget`: which training points are to be forgotten. Beside `requests` it may only repeat the first of them. */
export const readForget = (spot: Spot, context: Context, first?: ForgetSpec): ForgetSpec => {
  if (first === undefined) return readOne(spot, context);
  if (spot.value === undefined) return first;
  const own = readOne({ ...spot, report: createReport() }, context);
  if (JSON.stringify(own) === JSON.stringify(first)) return first;
  return fault(spot, 'no such field beside "requests"', first, 'the first request');
};

/** A forget set of a family that describes its rules by schemas; the first is the one where none is named. */
const readRule = (spot: Spot, { rules = [], title: family, regions }: FamilyInfo): ForgetSpec => {
  const kind = field(spot, 'kind');
  const id = field(spot, 'id');
  const first = rules[0] as KindInfo;
  const standard: RuleSpec = { kind: 'rule', id: first.id, params: defaultsOf(first.params) };
  if (regions && kind.value === 'region') {
    openObject(spot, 'an object with a kind', { fields: fieldsOf.region });
    const region = readRegion(spot, `the rule ${first.id}`);
    return region === undefined ? standard : { kind: 'region', ...region };
  }
  if (kind.value !== undefined && kind.value !== 'rule') {
    const expected = `"rule": forget sets of ${family} are chosen by rules`;
    return fault(kind, regions ? '"rule" or "region"' : expected, standard, `the rule ${first.id}`);
  }
  openObject(spot, 'an object with a kind', { fields: ['kind', 'id', 'params'] });
  const known = id.value === undefined ? first : byId(rules, id.value);
  if (!known)
    return fault(
      id,
      oneOf(
        rules.map((rule) => rule.id),
        id.value,
      ),
      standard,
      first.id,
    );
  const params = readParams(field(spot, 'params'), known.params, `an object with the parameters of ${known.id}`);
  return { kind: 'rule', id: known.id, params };
};

const readOne = (spot: Spot, { facts, catalogue }: Context): ForgetSpec => {
  if (catalogue.own?.rules) return readRule(spot, catalogue.own);
  const kindSpot = field(spot, 'kind');
  if (spot.value === undefined) return wholeClass(facts);
  if (!isObject(spot.value)) return fault(spot, 'an object with a kind', wholeClass(facts), 'a whole class');
  const kind = kindSpot.value === undefined ? forgetDefaults.kind : (kindSpot.value as Kind);
  if (!kinds.includes(kind)) return fault(kindSpot, oneOf(kinds, kind), wholeClass(facts), 'a whole class');
  openObject(spot, 'an object with a kind', { fields: fieldsOf[kind] });
  switch (kind) {
    case 'class': {
      const label = field(spot, 'label');
      return label.value === undefined && facts.labels !== undefined ? wholeClass(facts) : readLabel(label, facts);
    }
    case 'random':
      return {
        kind,
        fraction: readFraction(field(spot, 'fraction'), randomForgetDefaults.fraction),
        seed: readSeedOrLane(field(spot, 'seed'), randomForgetDefaults.seed),
      };
    case 'indices':
      return readIndices(field(spot, 'indices'), facts);
    case 'region': {
      if (facts.inputs !== 2) {
        return fault(
          kindSpot,
          `a kind for points of ${facts.inputs} numbers: a region needs two`,
          wholeClass(facts),
          'a whole class',
        );
      }
      const region = readRegion(spot);
      return region === undefined ? wholeClass(facts) : { kind, ...region };
    }
    case 'selector':
      return readSelector(spot, facts, catalogue);
    case 'component': {
      const name = field(spot, 'name');
      if (!facts.components.includes(name.value as string)) {
        const expected =
          facts.components.length === 0
            ? 'another kind of forget set: these data have no named components'
            : oneOf(facts.components, name.value);
        return fault(name, expected, wholeClass(facts), 'a whole class');
      }
      return {
        kind,
        name: name.value as string,
        fraction: readNumber(field(spot, 'fraction'), { min: 0.001, max: 1 }, componentForgetDefaults.fraction),
        seed: readSeedOrLane(field(spot, 'seed'), componentForgetDefaults.seed),
      };
    }
  }
};
