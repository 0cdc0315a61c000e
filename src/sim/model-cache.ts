import type { Scenario } from '../scenario/scenario.ts';

/** Trained models by what they depend on, so that changing a run does not train them again. */
export interface ModelCache {
  readonly get: (scenario: Scenario, model: 'original' | 'retrained', seed: number) => Float32Array | undefined;
  readonly set: (scenario: Scenario, model: 'original' | 'retrained', seed: number, params: Float32Array) => void;
}

/** The most bytes of weights that are kept. */
const CACHE_BYTES = 64 * 1024 * 1024;

/** A cache that forgets the least recently used models beyond a cap in bytes. */
export const createModelCache = (cap = CACHE_BYTES): ModelCache => {
  const models = new Map<string, Float32Array>();
  const keys = new WeakMap<Scenario, Record<'original' | 'retrained', string>>();
  let bytes = 0;
  /** The text of the scenario's part is made once: inline data can be long. */
  const keyOf = (scenario: Scenario, model: 'original' | 'retrained', seed: number): string => {
    let parts = keys.get(scenario);
    if (!parts) {
      const { data, model: network, training, forget } = scenario;
      const original = JSON.stringify([data, network, training]);
      parts = { original, retrained: `${original}${JSON.stringify(forget)}` };
      keys.set(scenario, parts);
    }
    return `${model}/${seed}/${parts[model]}`;
  };
  return {
    get: (scenario, model, seed) => {
      const key = keyOf(scenario, model, seed);
      const params = models.get(key);
      if (!params) return undefined;
      models.delete(key);
      models.set(key, params); // the most recently used comes last
      return params;
    },
    set: (scenario, model, seed, params) => {
      const key = keyOf(scenario, model, seed);
      if (models.has(key) || params.byteLength > cap) return;
      models.set(key, params);
      bytes += params.byteLength;
      for (const [oldest, held] of models) {
        if (bytes <= cap) break;
        models.delete(oldest);
        bytes -= held.byteLength;
      }
    },
  };
};
