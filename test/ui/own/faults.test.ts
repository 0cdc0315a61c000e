import { afterEach, describe, expect, it } from 'vitest';
import { offerOf } from '../../../src/scenario/format/catalogue.ts';
import { parseFormula } from '../../../src/scenario/formula/language.ts';
import { createReport } from '../../../src/scenario/read/check.ts';
import { readOwn } from '../../../src/scenario/read/own.ts';
import { catalogueInfo } from '../../../src/sim/catalogue.ts';
import { newDraft, newParam, newTerm, type RuleDraft, rawRule } from '../../../src/ui/own/draft.ts';
import { otherFaults } from '../../../src/ui/own/faults.ts';
import { ownText } from '../../../src/ui/own/own.text.ts';
import german from '../../../src/ui/text/de/language.ts';
import { speak, term } from '../../../src/ui/text/language.ts';

afterEach(() => speak(null));

/** What the dialog says beside the formulas, under a family. */
const saidOf = (draft: RuleDraft, family = 'points'): readonly string[] => {
  const report = createReport();
  readOwn({ value: [rawRule(draft, 'mine')], path: '', report }, offerOf(catalogueInfo, family));
  const params = Object.fromEntries(draft.params.map(({ name, symbol }) => [name, { symbol }]));
  const isFaulty = (weight: string) => 'fault' in parseFormula(weight, { params });
  return otherFaults(draft, report.repairs(), isFaulty).map(({ place, expected, found }) =>
    ownText.fault(place, term(expected), found).replace(/[\u2068\u2069]/g, ''),
  );
};

const plain = newDraft('Mine');
const withParams = (...params: readonly object[]): RuleDraft => ({
  ...plain,
  params: params.map((fields) => ({ ...newParam('beta'), ...fields })),
});
const pulling = (on: string, towards: string, weight: string): RuleDraft => ({
  ...plain,
  terms: [...plain.terms, { ...newTerm, on, pulls: [{ towards, weight }] }],
});

describe('the dialog of own rules', () => {
  it('has nothing to say of a rule without faults', () => {
    expect(saidOf(plain)).toEqual([]);
    expect(saidOf(withParams({}, { name: 'gamma' }))).toEqual([]);
  });

  it.each([
    [
      'a default beyond its range',
      withParams({ value: '20' }),
      'beta, Default: expected a number in [0, 10], found 20',
    ],
    [
      'a most below the least',
      withParams({ max: '-1' }),
      'beta, Most: expected more than the least value, 0, found -1',
    ],
    ['what is no number', withParams({ min: 'x' }), 'beta, Least: expected a number in [-1000000, 999999], found "x"'],
    ['a number that is missing', withParams({ value: ' ' }), 'beta, Default: expected a number in [0, 10], found " "'],
    ['a name with a slash', withParams({ name: 'a/b' }), /^a\/b: expected a name of at most 24 letters/],
    ['a name twice', withParams({}, {}), 'beta: expected another name, since there is one already, found beta'],
    [
      'an alternative where there is none, though its formula reads well',
      pulling('retain', 'label', 'pAlt'),
      'Weight 2: expected a formula without the alternative, which there is not, found "pAlt"',
    ],
  ])('names %s by its field', (_, draft, said) => {
    expect(saidOf(draft)).toEqual([said instanceof RegExp ? expect.stringMatching(said) : said]);
  });

  it('leaves the faults of formulas to their fields', () => {
    expect(saidOf(pulling('forget', 'label', 'nought + 1'))).toEqual([]);
  });

  it('says it in German', () => {
    speak(german);
    expect(saidOf(withParams({ value: '20' }))).toEqual(['beta, Vorgabe: erwartet eine Zahl in [0, 10], gefunden 20']);
    expect(saidOf(pulling('forget', 'all', '1'), 'diffusion')).toEqual([
      'Gewicht 2: erwartet „label“ oder „original“: Beispiele dieser Familie haben keine Alternative und keine Klassen, gefunden "all"',
    ]);
  });

  it('has German for whatever can be wrong with a rule', () => {
    const faulty = [
      withParams({ max: '-1' }, { name: 'exp' }, { name: '1x' }),
      withParams(...Array.from({ length: 9 }, (_, i) => ({ name: `a${i}` }))),
      pulling('retain', 'alternative', '1'),
      pulling('retain', 'label', 'pAlt'),
      ...['', '1 +', 'pref', 'expp(1)', 'exp', 'exp(1, 2)', '1 2', '1 < 2 < 3', '1/0', '"a"', '1'.repeat(1001)].map(
        (weight) => pulling('forget', 'label', weight),
      ),
      pulling('forget', 'label', Array(120).fill('p').join('+')),
      pulling('forget', 'label', `${'-('.repeat(60)}p${')'.repeat(60)}`),
    ];
    const expected = faulty.flatMap((draft) => {
      const report = createReport();
      readOwn({ value: [rawRule(draft, 'mine')], path: '', report }, offerOf(catalogueInfo, 'points'));
      expect(report.count()).toBeGreaterThan(0);
      return report.repairs().flatMap((repair) => [repair.expected, repair.used]);
    });
    const words = expected.filter((one) => /[a-z]{3}/.test(one));
    expect(words.filter((one) => german.term(one) === undefined)).toEqual([]);
  });
});
