import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Frame } from '../../src/families/points/shown.ts';
import { engineForTests } from '../support/engine.ts';
import { collected, eventsOf, SMALL, small } from '../support/run.ts';
import { farthest, gradientOf, lossOf, outputs } from './outputs.ts';

beforeAll(engineForTests);

const beta = fc.double({ min: 0.05, max: 8, noNaN: true });
const dpo = (b: number) => ({ beta: b, factor: '2/β' });

describe('IDK', () => {
  const spare = { name: 'IDK', method: 'idk', params: { target: 'spare class' }, steps: 150, retain: { kind: 'ce' } };

  it('sends the forget set to the spare class, which the original never answers, and keeps the rest', async () => {
    const data = { ...SMALL.data, params: { ...SMALL.data.params, spareClass: true } };
    const events = await eventsOf(small({ data, runs: [spare] }), { pictures: true });
    const answers = (model: number | 'original') =>
      events.findLast((event) => event.type === 'frame' && event.model === model);
    const share = (model: number | 'original', label: number) => {
      const event = answers(model);
      if (event?.type !== 'frame') throw new Error('no picture');
      const { winner } = event.frame as Frame;
      return winner.filter((answer) => answer === label).length / winner.length;
    };
    expect(share('original', 5)).toBe(0);
    expect(share('original', 1)).toBeGreaterThan(0.1);
    expect(share(0, 5)).toBeGreaterThan(0.1);
    expect(share(0, 1)).toBeLessThan(0.02);
  });

  it('names the field when the data have no spare class, and the other runs go on', async () => {
    const events = await eventsOf(small({ runs: [spare, { name: 'GA', method: 'ga', steps: 2 }] }));
    const failures = events.filter((event) => event.type === 'variantFailed');
    expect(failures.map(({ variant, error }) => [variant, error.code, error.faults[0]?.path])).toEqual([
      [0, 'method/failed', '/params/target'],
    ]);
    expect(events.some((event) => event.type === 'lane' && event.variant === 1)).toBe(true);
    expect(events.at(-1)?.type).toBe('finished');
  });

  it('with uniform targets makes the forget set as unsure as can be', async () => {
    const run = { name: 'IDK', method: 'idk', params: { target: 'uniform' }, steps: 300 };
    const { runs } = (await collected(small({ runs: [run] }))).results();
    expect(runs[0]?.metrics['forgetLoss']?.at(-1)).toBeCloseTo(Math.log(5), 1);
  });

  it('draws its labels once, the true class among them', async () => {
    const events = await Promise.all(
      [1, 5].map((steps) => collected(small({ runs: [{ name: 'IDK', method: 'idk', steps, learningRate: 1e-6 }] }))),
    );
    const [first, later] = events.map((one) => one.results().runs[0]?.metrics['weightDistance']?.at(-1)) as number[];
    expect(later).toBeCloseTo(5 * (first as number), 9); // the same direction five times
  });
});

describe('DPO', () => {
  it('moves the two labels of a row only, against each other', () => {
    fc.assert(
      fc.property(outputs(), beta, (made, b) => {
        gradientOf('dpo', dpo(b), made).forEach((row, i) => {
          const [y, other] = [made.labels[i] as number, made.alternatives[i] as number];
          expect(row.reduce((sum, g) => sum + g, 0)).toBeCloseTo(0, 6);
          row.forEach((g, c) => {
            if (c !== y && c !== other) expect(Math.abs(g)).toBeLessThan(1e-7);
          });
          if (y === other) expect(Math.max(...row.map(Math.abs))).toBeLessThan(1e-7);
          else expect(row[y]).toBeGreaterThanOrEqual(0);
        });
      }),
    );
  });

  it('with the factor 1/β of the NPO paper is half as strong', () => {
    fc.assert(
      fc.property(outputs(), beta, (made, b) => {
        const half = gradientOf('dpo', { beta: b, factor: '1/β' }, made);
        const whole = gradientOf('dpo', dpo(b), made);
        const doubled = half.map((row) => row.map((g) => 2 * g));
        expect(farthest(doubled, whole)).toBeLessThan(1e-6);
      }),
    );
  });
});

describe('KTO', () => {
  const synthetic = (b: number) => ({ beta: b, form: 'KL of the forget set' });

  it('begins with the loss (2/β) ln 2 and the step of gradient ascent, like NPO', () => {
    fc.assert(
      fc.property(outputs(4), beta, (made, b) => {
        const atReference = { ...made, logits: made.reference };
        expect(lossOf('kto', synthetic(b), atReference)).toBeCloseTo((2 / b) * Math.LN2, 3);
        const steps = ['kto', 'ga'].map((id) => gradientOf(id, synthetic(b), atReference)) as [number[][], number[][]];
        expect(farthest(...steps)).toBeLessThan(1e-5);
      }),
    );
  });

  it('lets go sooner than NPO once the model has moved', () => {
    fc.assert(
      fc.property(outputs(), beta, (made, b) => {
        const own = gradientOf('kto', synthetic(b), made);
        const npo = gradientOf('npo', { beta: b }, made);
        own.forEach((row, i) => {
          const y = made.labels[i] as number;
          expect(row[y]).toBeLessThanOrEqual((npo[i]?.[y] as number) + 1e-6);
        });
      }),
    );
  });
});

describe('SimNPO', () => {
  it('is NPO against a model that gives every label the probability e^-δ', () => {
    const delta = fc.double({ min: 0.1, max: 3, noNaN: true });
    fc.assert(
      fc.property(outputs(), beta, delta, (made, b, d) => {
        // Two classes, and reference logits that give the label exactly e^-δ.
        const labels = made.labels.map((label) => label % 2);
        const logits = made.logits.map((row) => row.slice(0, 2));
        const reference = labels.map((label) => [0, 1].map((c) => (c === label ? -d : Math.log(1 - Math.exp(-d)))));
        const two = { classes: 2, logits, reference, labels, alternatives: labels };
        const settings = { beta: b, delta: d, forgetWeight: 1 };
        const own = gradientOf('simnpo', settings, two);
        expect(farthest(own, gradientOf('npo', { beta: b }, two))).toBeLessThan(1e-5);
        expect(lossOf('simnpo', settings, two)).toBeCloseTo(lossOf('npo', { beta: b }, two), 3);
      }),
    );
  });
});

describe('FLAT', () => {
  it('keeps the total variation within half of tanh 1 on either side', () => {
    fc.assert(
      fc.property(outputs(30), (made) => {
        const value = lossOf('flat', { divergence: 'total variation' }, made);
        expect(Math.abs(value)).toBeLessThanOrEqual(Math.tanh(1) / 2 + 1e-6);
      }),
    );
  });

  it.each(['total variation', 'KL', 'Jeffrey', 'Pearson', 'Jensen-Shannon'])(
    'pushes the true label down and the uninformed one up, by %s',
    (divergence) => {
      fc.assert(
        fc.property(outputs(), (made) => {
          gradientOf('flat', { divergence }, made).forEach((row, i) => {
            const [y, other] = [made.labels[i] as number, made.alternatives[i] as number];
            if (y === other) return;
            expect(row[y]).toBeGreaterThanOrEqual(0);
            expect(row[other]).toBeLessThanOrEqual(0);
          });
        }),
      );
    },
  );

  it('does not add up over batches: the mean stands inside', () => {
    const row = { classes: 2, reference: [[0, 0]], labels: [0], alternatives: [1] };
    const [sure, unsure] = [
      [3, 0],
      [-3, 0],
    ] as [number[], number[]];
    const settings = { divergence: 'total variation' };
    const alone = [sure, unsure].map((z) => gradientOf('flat', settings, { ...row, logits: [z] })[0] as number[]);
    const both = {
      ...row,
      reference: [
        [0, 0],
        [0, 0],
      ],
      labels: [0, 0],
      alternatives: [1, 1],
      logits: [sure, unsure],
    };
    const together = gradientOf('flat', settings, both);
    expect(
      farthest(
        together,
        alone.map((z) => z.map((g) => g / 2)),
      ),
    ).toBeGreaterThan(1e-3);
  });
});

describe('UNDIAL', () => {
  it('stands still where the log-odds of the label have dropped by β', () => {
    fc.assert(
      fc.property(outputs(), beta, (made, b) => {
        const lowered = made.reference.map((row, i) => row.map((z, c) => (c === made.labels[i] ? z - b : z)));
        const there = gradientOf('undial', { beta: b }, { ...made, logits: lowered });
        expect(Math.max(...there.flat().map(Math.abs))).toBeLessThan(1e-6);
      }),
    );
  });

  it('arrives there and stops: a class that was learned with a smaller margin is gone, the loss settles', async () => {
    const run = { name: 'UNDIAL', method: 'undial', params: { beta: 10 }, learningRate: 0.1, steps: 600 };
    const { runs } = (await collected(small({ runs: [run], evaluate: { every: 100 } }))).results();
    const accuracy = runs[0]?.metrics['forgetAccuracy'] as number[];
    const distance = runs[0]?.metrics['weightDistance'] as number[];
    expect(accuracy.at(-1)).toBe(0);
    const growth = distance.map((value, i) => value - (distance[i - 1] ?? 0));
    expect(growth.at(-1)).toBeLessThan((growth[1] as number) / 5);
  });
});
