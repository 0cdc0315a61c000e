import {
  claimDefaults,
  dataDefaults,
  evaluateDefaults,
  familyDefault,
  forgetDefaults,
  maskDefaults,
  modelDefaults,
  retainDefaults,
  runDefaults,
  seedsDefault,
  trainingDefaults,
} from './defaults.ts';
import type { Scenario } from './scenario.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Whether two JSON values are the same. */
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The fields of an object that differ from its defaults. */
const differing = (value: object, defaults: object): Fields => {
  const standard = defaults as Fields;
  const kept = Object.entries(value).filter(
    ([key, field]) => !(Object.hasOwn(standard, key) && same(field, standard[key])),
  );
  return Object.fromEntries(kept);
};

/** An object without those of its fields that are empty objects, lists or texts. */
const withoutEmpty = (value: Fields): Fields =>
  Object.fromEntries(Object.entries(value).filter(([, field]) => !same(field, {}) && !same(field, []) && field !== ''));

/**
 * What a scenario says beyond the frozen defaults. Parameters of methods, wrappers and generators are always
 * written: their defaults stand in schemas that may still move.
 */
export const differences = (scenario: Scenario): Fields => {
  const {
    version: _,
    family,
    data,
    forget,
    requests,
    model,
    training,
    runs,
    seeds,
    evaluate,
    claims,
    ...rest
  } = scenario;
  return withoutEmpty({
    ...rest,
    family: family === familyDefault ? '' : family,
    data: differing(data, dataDefaults),
    ...(requests ? { requests } : { forget: same(forget, forgetDefaults) ? {} : forget }),
    model: differing(model, modelDefaults),
    training: differing(training, trainingDefaults),
    runs: runs.map(({ name, method, params, retain, mask, wrappers, alternativeLabels, sweep, ...optimizer }) => ({
      name,
      method,
      ...withoutEmpty({
        params,
        retain: differing(retain, retainDefaults),
        mask: differing(mask, maskDefaults),
        wrappers,
        sweep,
      }),
      ...(alternativeLabels === undefined ? {} : { alternativeLabels }),
      ...differing(optimizer, runDefaults),
    })),
    seeds: same(seeds, seedsDefault) ? [] : seeds,
    evaluate: differing(evaluate, evaluateDefaults),
    claims: claims.map((claim) => differing(claim, claimDefaults)),
  });
};
