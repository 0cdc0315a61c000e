import { beforeAll, describe, expect, it } from 'vitest';
import {
  type Citation,
  defaultsOf,
  type ParamSchema,
  type ParamSpec,
  type ParamValue,
} from '../../src/engine/base/schema.ts';
import * as tf from '../../src/engine/base/tf.ts';
import type { AnyMethod } from '../../src/engine/contracts/method.ts';
import type { AnyTerm, Batch } from '../../src/engine/contracts/rows.ts';
import { rowGradient } from '../../src/engine/objective/row-gradient.ts';
import { rowsOf, termLoss } from '../../src/engine/objective/rows.ts';
import { masks } from '../../src/masks/registry.ts';
import { methods } from '../../src/methods/registry.ts';
import { retainTerms } from '../../src/retain/registry.ts';
import { catalogue } from '../../src/sim/catalogue.ts';
import type { RunEvent } from '../../src/sim/events.ts';
import { wrappers } from '../../src/wrappers/registry.ts';
import { engineForTests } from '../support/engine.ts';
import { ofPoints } from '../support/methods.ts';
import { collected, eventsOf, small, stream } from '../support/run.ts';

/** What weights are seen by here; metrics have a contract of their own, and the costly ones would cost more than the methods. */
const cheap = {
  metrics: ['forgetAccuracy', 'forgetLoss', 'retainLoss', 'testLoss', 'weightDistance', 'retainDistance', 'collapsed'],
};

/** Methods that need not bring the forget set's answers any nearer to the retrained model's. */
const NO_NEARER: Readonly<Record<string, string>> = {
  none: 'does nothing, to be compared with',
  fisher: 'adds noise, which may fall on either side',
};

/** Iterative methods that step along no terms of their own. */
const WITHOUT_TERMS: Readonly<Record<string, string>> = {
  laf: 'losses of hidden activations: the tensor library finds their gradient',
  rmu: 'losses of hidden activations: the tensor library finds their gradient',
  o3: 'trains networks of its own as the original was trained',
  s3t: 'trains networks of its own as the original was trained',
  sisa: 'trains networks of its own as the original was trained',
  'prune-ft': 'trains a smaller network as the original was trained',
  whp: 'trains on labels that are computed at each step',
  'task-vector': 'trains on the forget set and takes away what that changed',
};

/** Metrics of every lane at every step, by variant label and seed. */
const numbers = (events: readonly RunEvent[]): Map<string, readonly number[]> => {
  const started = events.find((event) => event.type === 'started');
  const table = new Map<string, number[]>();
  for (const event of events) {
    if (event.type !== 'metrics') continue;
    const label = typeof event.model === 'number' ? started?.variants[event.model]?.label : event.model;
    table.set(`${label}/${event.seed}/${event.step}`, [...event.values]);
  }
  return table;
};

/** A run per method, with every retain term and every mask once. */
const compositions = (id: string): Record<string, unknown>[] => [
  { name: 'plain', method: id },
  ...(methods.get(id)?.alone ? [] : combined(id)),
];

const combined = (id: string): Record<string, unknown>[] => [
  ...(methods.get(id)?.schedule === 'one-shot' ? [] : tied(id)),
  ...[...masks.keys()].map((kind) => ({ name: `mask ${kind}`, method: id, mask: { kind, keep: 0.4 } })),
];

const tied = (id: string): Record<string, unknown>[] => [
  ...[...retainTerms.keys()].map((kind) => ({ name: `retain ${kind}`, method: id, retain: { kind } })),
  ...[...wrappers.values()]
    .filter((wrapper) => wrapper.takes(methods.get(id) as AnyMethod))
    .map((wrapper) => ({
      name: `in ${wrapper.id}`,
      method: id,
      wrappers: [{ kind: wrapper.id, ...(Object.hasOwn(wrapper.params, 'steps') && { steps: 2 }) }],
      ...(wrapper.needsRetainTerm && { retain: { kind: 'ce' } }),
    })),
];

/** The defaults, then each choice and flag at each of its values. */
const switched = (schema: ParamSchema): Record<string, unknown>[] => [
  {},
  ...Object.entries(schema).flatMap(([name, spec]) =>
    spec.kind === 'choice' || spec.kind === 'flag' ? extremes(spec).map((value) => ({ [name]: value })) : [],
  ),
];

const extremes = (spec: ParamSpec): unknown[] => {
  if (spec.kind === 'choice') return [...spec.options];
  if (spec.kind === 'flag') return [true, false];
  return [spec.min, spec.default, spec.max];
};

/** dLoss/dLogits of a term for two lanes at made-up outputs: as the method says it, and as the tensor library finds it. */
const gradientsOf = (term: AnyTerm, laneSettings: readonly unknown[], settings: unknown) =>
  tf.tidy(() => {
    const shape: [number, number, number] = [2, 5, 3];
    const noise = (offset: number) =>
      tf.tensor3d(
        Float32Array.from({ length: 30 }, (_, i) => 2 * Math.sin(7 * i + offset)),
        shape,
      );
    const labels = (shift: number) =>
      tf.tensorOf(
        Int32Array.from({ length: 10 }, (_, i) => (i + shift) % 3),
        [2, 5],
      );
    const batch: Batch = {
      x: noise(0),
      y: labels(0),
      alternatives: labels(1),
      reference: tf.logSoftmax(noise(1)),
      teacher: tf.logSoftmax(noise(3)),
      size: 5,
    };
    const logits = noise(2);
    const loss = (z: tf.Tensor) => tf.sum(termLoss(term, rowsOf(z, batch), settings));
    return {
      byHand: rowGradient([{ term, settings: laneSettings }], logits, batch).dataSync(),
      byTfjs: tf.grad(loss)(logits).dataSync(),
    };
  });

/** What every method must satisfy, for one part of them: parts are files of their own, which run beside each other. */
export const holdMethodsToContract = (part: number, of: number): void => {
  const own = [...ofPoints.values()].filter((_, i) => i % of === part).map((method) => [method.id, method] as const);
  beforeAll(engineForTests);

  describe.each(own)('%s', (id, method: AnyMethod) => {
    it('stacked lanes give the numbers of single runs', async () => {
      const runs = compositions(id).map((run) => ({ ...run, steps: 12, batchSize: 7, optimizer: 'momentum' }));
      const together = numbers(await eventsOf(small({ runs, seeds: [3, 1, 2], evaluate: { every: 4 } }), cheap));
      for (const seed of [1, 2, 3]) {
        const alone = numbers(await eventsOf(small({ runs, seeds: [seed], evaluate: { every: 4 } }), cheap));
        for (const [key, values] of alone) expect(together.get(key), key).toEqual(values);
      }
    });

    it('the same scenario gives the same events twice, with full and with mini-batches, for every optimizer', async () => {
      for (const [optimizer, batchSize] of [
        ['sgd', 'full'],
        ['momentum', 8],
        ['adam', 'full'],
      ] as const) {
        const scenario = small({ runs: [{ name: 'a', method: id, steps: 6, optimizer, batchSize }] });
        expect(await eventsOf(scenario, cheap)).toEqual(await eventsOf(scenario, cheap));
      }
    });

    it('leaks no tensor over 20 steps, and none when cancelled after any event', async () => {
      const scenario = small({ runs: compositions(id).map((run) => ({ ...run, steps: 20 })), training: { steps: 3 } });
      const before = tf.tensorCount();
      const total = (await eventsOf(scenario, { ...cheap, pictures: true })).length;
      expect(tf.tensorCount()).toBe(before);
      for (let stopAfter = 1; stopAfter < total; stopAfter += 7) {
        const events = stream(scenario, { ...cheap, pictures: true });
        for (let i = 0; i < stopAfter; i++) await events.next();
        await events.return();
        expect(tf.tensorCount(), `cancelled after ${stopAfter} events`).toBe(before);
      }
    });

    it('reads only what it declares', async () => {
      for (const need of method.needs) {
        const poorer = { ...method, needs: method.needs.filter((other) => other !== need) };
        const methodsWithout = new Map(methods).set(id, poorer);
        // Some are read under one setting of a choice only.
        const codes = new Set<string | undefined>();
        for (const params of switched(method.params)) {
          const scenario = small({ runs: [{ name: 'a', method: id, steps: 2, params }] });
          const events = await eventsOf(scenario, { ...cheap, catalogue: { ...catalogue, methods: methodsWithout } });
          const failure = events.find((event) => event.type === 'variantFailed' || event.type === 'failed');
          codes.add(failure?.error.code);
          if (codes.has('method/undeclared-need')) break;
        }
        expect([...codes], `without ${need}`).toContain('method/undeclared-need');
      }
    });

    it('every hyperparameter at its ends gives finite numbers, or says that it diverged or what it lacks', async () => {
      const schema: ParamSchema = method.params;
      for (const [name, spec] of Object.entries(schema)) {
        for (const value of extremes(spec)) {
          const { results, failures } = await collected(
            small({ runs: [{ name: 'a', method: id, params: { [name]: value }, steps: 5 }] }),
            cheap,
          );
          const [failure] = failures.values();
          if (failure) {
            expect(failure.code).toBe('method/failed');
            expect(failure.faults[0]?.path).toBe(`/params/${name}`);
            continue;
          }
          const [run] = results().runs;
          const accuracies = run?.metrics['forgetAccuracy'] ?? [];
          expect(accuracies.length, `${name} = ${value}`).toBe(2);
          expect(accuracies.every((accuracy) => accuracy !== null)).toBe(true);
        }
      }
    });

    it('with its defaults, the forget set’s answers come closer to the retrained model’s', async () => {
      const { results } = await collected(small({ runs: [{ name: 'a', method: id, steps: 150 }] }), cheap);
      const { runs, retrained, original } = results();
      /** How far from the retrained model at the start and at the end. */
      const away = (metric: 'forgetAccuracy' | 'forgetLoss') => {
        const target = retrained[0]?.metrics[metric] as number;
        const [from, to] = [original[0]?.metrics[metric], runs[0]?.metrics[metric]?.at(-1)] as [number, number];
        return [Math.abs(from - target), Math.abs(to - target)] as const;
      };
      const [[start, end], [lossAtStart, lossAtEnd]] = [away('forgetAccuracy'), away('forgetLoss')];
      expect(end).toBeLessThanOrEqual(start);
      if (id in NO_NEARER) return;
      // Where as many answers are right as before, they are at least less sure.
      if (end === start) expect(lossAtEnd, 'the loss on the forget set').toBeLessThan(lossAtStart);
    });

    it('has terms whose pulls can be held to their loss, unless it is listed why not', () => {
      const count = method.terms?.length ?? 0;
      if (method.schedule === 'one-shot') expect(count, 'an edit has no steps').toBe(0);
      else expect(count > 0, 'terms, or a reason in WITHOUT_TERMS').toBe(!(id in WITHOUT_TERMS));
    });

    it('its pulls are the gradient of its loss, whatever its settings', () => {
      const schema = Object.entries(method.params as ParamSchema);
      const defaults = defaultsOf(method.params);
      const choices = schema.flatMap(([name, spec]) =>
        spec.kind === 'choice' || spec.kind === 'flag'
          ? extremes(spec).map((value) => ({ ...defaults, [name]: value }))
          : [],
      );
      for (const choice of [defaults, ...choices] as Record<string, ParamValue>[]) {
        const ofLane = (factor: number) =>
          Object.fromEntries(
            schema.map(([name, spec]) => [name, spec.kind === 'number' ? factor * spec.default : choice[name]]),
          );
        const laneSettings = [ofLane(1), ofLane(0.7)];
        const settings = Object.fromEntries(
          schema.map(([name, spec]) => [
            name,
            spec.kind === 'number' ? tf.tensor2d(laneSettings.map((values) => [values[name] as number])) : choice[name],
          ]),
        );
        for (const term of (method.terms ?? []) as AnyTerm[]) {
          const { byHand, byTfjs } = gradientsOf(term, laneSettings, settings);
          expect(
            byHand.some((value) => value !== 0),
            'the term says something',
          ).toBe(true);
          byHand.forEach((value, i) => {
            expect(value, JSON.stringify(choice)).toBeCloseTo(byTfjs[i] as number, 5);
          });
        }
      }
    });

    it('says what it is: texts, defaults within ranges, citation over https, recipes that exist', () => {
      for (const text of [method.title, method.short, method.summary, method.formula])
        expect(text.length).toBeGreaterThan(1);
      expect(method.summary.endsWith('.')).toBe(true);
      for (const part of [method.page?.idea, method.page?.tex, method.page?.lookFor, method.page?.failsWhen]) {
        expect(part?.length, 'a page that says everything').toBeGreaterThan(10);
      }
      const schema: ParamSchema = method.params;
      for (const spec of Object.values(schema)) {
        expect(spec.label.length).toBeGreaterThan(1);
        expect(spec.help.length).toBeGreaterThan(10);
        if (spec.kind === 'number' || spec.kind === 'int') {
          expect(spec.default).toBeGreaterThanOrEqual(spec.min);
          expect(spec.default).toBeLessThanOrEqual(spec.max);
        }
        if (spec.kind === 'choice') expect(spec.options).toContain(spec.default);
      }
      for (const { url, authors, year } of [
        method.citation as Citation,
        ...method.recipes.map(({ citation }) => citation),
      ]) {
        expect(url).toMatch(/^https:\/\//);
        expect(authors.length).toBeGreaterThan(3);
        expect(year).toBeGreaterThan(1980);
      }
      for (const recipe of method.recipes) {
        if (recipe.retain) expect(retainTerms.has(recipe.retain.kind)).toBe(true);
        if (recipe.mask) expect(masks.has(recipe.mask.kind)).toBe(true);
        const known = defaultsOf(schema);
        for (const name of Object.keys(recipe.params ?? {})) expect(known).toHaveProperty(name);
      }
    });
  });
};
