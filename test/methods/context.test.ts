import { beforeAll, describe, expect, it } from 'vitest';
import * as tf from '../../src/engine/base/tf.ts';
import type { AnyMethod, MethodContext } from '../../src/engine/contracts/method.ts';
import { methods } from '../../src/methods/registry.ts';
import { catalogue } from '../../src/sim/catalogue.ts';
import { engineForTests } from '../support/engine.ts';
import { collected, small } from '../support/run.ts';

beforeAll(engineForTests);

/** The small problem: 20 points to forget, 80 to keep. */
const [FORGET, RETAIN, STEPS] = [20, 80, 3];

/** Runs a method that needs both sets and the original model, looks at what it is given, and moves nothing. */
const looking = async (look: (ctx: MethodContext) => void, run: Readonly<Record<string, unknown>> = {}) => {
  const spy: AnyMethod = {
    ...(methods.get('npo') as AnyMethod),
    needs: ['forget', 'retain', 'original'],
    step: (state, ctx) => {
      look(ctx);
      return { state };
    },
  };
  const { results, failures } = await collected(
    small({ runs: [{ name: 'spy', method: 'npo', steps: STEPS, ...run }] }),
    {
      catalogue: { ...catalogue, methods: new Map(methods).set('npo', spy) },
      metrics: ['forgetAccuracy'],
    },
  );
  expect([...failures.values()]).toEqual([]);
  return results().runs[0]?.sampleVisits;
};

describe('a step', () => {
  it('visits the rows of a batch once, however often the method asks for it', async () => {
    expect(await looking((ctx) => void ctx.batch('forget'))).toBe(STEPS * FORGET);
    const visits = await looking((ctx) => {
      for (let i = 0; i < 3; i++) {
        ctx.batch('forget');
        ctx.all('forget');
        ctx.batch('retain');
      }
    });
    expect(visits).toBe(STEPS * (FORGET + RETAIN));
    const few = await looking(
      (ctx) => {
        ctx.batch('forget');
        ctx.batch('forget');
      },
      { batchSize: 7 },
    );
    expect(few).toBe(STEPS * 7);
  });

  it('has what the original model says of either set, for a method that needs it, without any retain term', async () => {
    const apart = { forget: Number.NaN, retain: Number.NaN };
    await looking((ctx) => {
      for (const split of ['forget', 'retain'] as const) {
        const { x, reference } = ctx.batch(split);
        if (!reference) throw new Error(`no reference on the ${split} set`);
        const own = tf.logSoftmax(ctx.model.forward(ctx.original(), x).logits);
        apart[split] = Math.max(...tf.sub(own, reference).dataSync().map(Math.abs));
      }
    });
    expect(apart.forget).toBeLessThan(1e-5);
    expect(apart.retain).toBeLessThan(1e-5);
  });
});
