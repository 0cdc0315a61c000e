import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type VerdictInput, type VerdictRun, verdict } from '../../src/ui/verdict.ts';

const run = (
  label: string,
  forget: number | null,
  keep: number | null,
  extra: Partial<VerdictRun> = {},
): VerdictRun => ({
  label,
  forget,
  keep,
  collapsedAt: null,
  divergedAt: null,
  failure: null,
  ...extra,
});

const input = (runs: readonly VerdictRun[], extra: Partial<VerdictInput> = {}): VerdictInput => ({
  target: 'class C',
  isWholeClass: true,
  step: 400,
  original: { forget: 0.95, keep: 0.94 },
  retrained: { forget: 0, keep: 0.95 },
  runs,
  lostTrainings: [],
  ...extra,
});

/** As it is read: a non-breaking space is a space. */
const said = (of: VerdictInput): string => {
  const { finding, reference } = verdict(of);
  return `${finding} ${reference}`.trim().replaceAll('\u00a0', ' ');
};

/** The characters in the order in which they stand on the line, for what surrounds isolates. */
const outside = (words: string): string => {
  let depth = 0;
  return [...words]
    .filter((character) => {
      if (/[\u2066-\u2068]/.test(character)) depth++;
      const isOutside = depth === 0;
      if (character === '\u2069') depth = Math.max(0, depth - 1);
      return isOutside;
    })
    .join('');
};

describe('the verdict of runs whose names turn the reading direction around', () => {
  const turned = ['\u202eGA', 'GA\u2069\u202e', '\u2067GA', '\u05d0\u05d1', 'a\u202b\u2068b', '\u200f'];

  it.each(turned)('%j keeps every number in its place', (name) => {
    for (const runs of [
      [run(name, 0, 0.32), run('NPO', 0, 0.93)],
      [run(name, 0.69, 0.32), run('NPO', 0, 0.93, { divergedAt: 3 })],
      [run('NPO', 0.4, 0.32), run(name, 0.69, 0.93, { collapsedAt: 12 })],
      [run(name, 0.69, 0.93, { failure: 'why' }), run('NPO', 0.4, 0.32)],
    ]) {
      const words = said(input(runs));
      const plainly = said(input(runs.map((one) => ({ ...one, label: one.label === name ? '' : one.label }))));
      expect(words).toContain(`\u2068`);
      expect(outside(words).trim()).toBe(plainly);
      expect(outside(words)).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u0590-\u05ff\u200f]/);
    }
  });

  it('says other names as they are', () => {
    expect(said(input([run('Größe β=0,1 👩‍🔬', 0, 0.32)]))).not.toMatch(/[\u2066-\u2069]/);
  });
});

describe('the verdict', () => {
  it('says who forgot, what it cost, and what the target is', () => {
    expect(said(input([run('GA', 0, 0.32), run('NPO', 0, 0.93)]))).toBe(
      'Both forgot class C (0 % still right). On everything else, GA fell from 94 % to 32 %; NPO fell to 93 %. The retrained model gets 0 % of class C and 95 % of everything else right.',
    );
  });

  it('names a collapse and a divergence with their steps', () => {
    const runs = [run('GA', 0, 0.3, { collapsedAt: 30 }), run('Adam', 0, 0.2, { divergedAt: 12 })];
    expect(said(input(runs))).toContain(
      'On everything else, GA collapsed at step 30 and fell from 94 % to 30 %. Adam diverged at step 12: its numbers exploded, so it has no result.',
    );
  });

  it('begins with a training that diverged: nothing that starts from it means anything', () => {
    const lostTrainings = [
      { model: 'original', step: 4, seeds: 1, of: 1 },
      { model: 'retrained', step: 6, seeds: 2, of: 5 },
    ] as const;
    const words = said(input([run('GA', 0, 0.3)], { lostTrainings }));
    expect(words).toMatch(
      /^The training of the original model diverged at step 4: its numbers exploded, so what starts from it says nothing\./,
    );
    expect(words).toContain('The training of the retrained model diverged at step 6 under 2 of 5 seeds: ');
    expect(words.split('Try a smaller learning rate.')).toHaveLength(2);
    expect(said(input([run('GA', 0, 0.3)], { lostTrainings, step: 0 }))).toContain('original model diverged at step 4');
  });

  it('says who has not forgotten yet', () => {
    expect(said(input([run('GA', 0, 0.9), run('FT', 0.8, 0.95)]))).toContain('GA forgot class C; FT has not (80 %).');
    expect(said(input([run('GA', 0.9, 0.9), run('FT', 0.8, 0.95)]))).toContain(
      'Neither has forgotten class C yet (GA 90 %, FT 80 %).',
    );
    expect(said(input([run('GA', 0.9, 0.9)]))).toContain('GA has not forgotten class C yet (GA 90 %).');
  });

  it('says when something was gained or nothing lost', () => {
    expect(said(input([run('A', 0, 0.94), run('B', 0, 0.97)]))).toContain(
      'On everything else, A stayed at 94 %; B rose to 97 %.',
    );
  });

  it('speaks of one run by its name', () => {
    expect(said(input([run('GA', 0, 0.5)]))).toContain('GA forgot class C');
  });

  it('sums up many runs', () => {
    const runs = ['A', 'B', 'C', 'D', 'E'].map((label, i) =>
      run(label, i === 4 ? 0.5 : 0, 0.9 - i / 10, { collapsedAt: i === 3 ? 20 : null }),
    );
    expect(said(input(runs))).toContain(
      '4 of 5 forgot class C. On everything else, A fell from 94 % to 90 %, E fell to 50 %. 1 of 5 collapsed.',
    );
  });

  it('measures against the retrained model where zero is not the goal', () => {
    const random = {
      target: 'the randomly chosen points',
      isWholeClass: false,
      retrained: { forget: 0.89, keep: 0.93 },
    };
    expect(said(input([run('GA', 0.4, 0.3), run('NPO', 0.9, 0.92)], random))).toBe(
      'Zero is not the goal: the retrained model still gets 89 % of the randomly chosen points right. NPO comes near it and GA gets only 40 %. On everything else, GA fell from 94 % to 30 %; NPO fell to 92 %. The retrained model gets 93 % of everything else right.',
    );
  });

  it('tells what is still missing', () => {
    const none = { original: null, retrained: null };
    expect(said(input([run('GA', null, null)], { ...none, step: 0 }))).toMatch(/^First the original model is trained/);
    expect(said(input([run('GA', null, null)], { retrained: null, step: 0 }))).toMatch(/unlearning starts/);
    expect(said(input([]))).toBe('Add a method to compare.');
    expect(said(input([run('GA', 0.95, 0.94)], { step: 0 }))).toBe(
      'Before unlearning, the model gets 95 % of class C right and 94 % of everything else.',
    );
    expect(said(input([run('GA', 0.1, 0.9)], { retrained: null, isWholeClass: false }))).toContain(
      'On class C: GA 10 %.',
    );
  });

  it('says why a run could not start, and goes on with the others', () => {
    const text = said(input([run('A', null, null, { failure: 'the mask keeps nothing' }), run('B', 0, 0.9)]));
    expect(text).toContain('A could not run: the mask keeps nothing.');
    expect(text).toContain('B forgot class C');
  });

  it('never says NaN, undefined or null', () => {
    const score = fc.option(fc.double({ min: 0, max: 1, noNaN: true }));
    const step = fc.option(fc.nat(400));
    const anyRun = fc.record({ forget: score, keep: score, collapsedAt: step, divergedAt: step });
    const scores = fc.option(fc.record({ forget: score, keep: score }));
    fc.assert(
      fc.property(
        fc.array(anyRun, { maxLength: 7 }),
        scores,
        scores,
        fc.nat(400),
        fc.boolean(),
        (runs, original, retrained, at, isWholeClass) => {
          const text = said(
            input(
              runs.map((one, i) => ({ ...one, label: `R${i}`, failure: null })),
              { original, retrained, step: at, isWholeClass },
            ),
          );
          expect(text).not.toMatch(/NaN|undefined|null|Infinity/);
          expect(text).not.toBe('');
        },
      ),
    );
  });
});
