import temml from 'temml';
import { describe, expect, it } from 'vitest';
import { catalogueInfo } from '../../src/sim/catalogue.ts';

describe('the pages of the methods', () => {
  it.each(catalogueInfo.methods.map((method) => [method.id, method] as const))(
    '%s: its formula can be typeset',
    (_, { page }) => {
      const tex = page?.tex ?? '';
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
      expect(tex).not.toMatch(/[\u0000-\u001f]/);
      expect(temml.renderToString(tex, { displayMode: true, throwOnError: true })).toContain('<math');
    },
  );

  it('draw how hard a method pulls where it is made of pulls on the label, and say nothing where it is not', () => {
    const curveOf = (id: string) => catalogueInfo.methods.find((method) => method.id === id)?.pullCurve;
    const ascent = curveOf('ga');
    expect(ascent?.weight.every((weight) => weight === -1)).toBe(true);
    const npo = curveOf('npo');
    const gentle = npo?.weight.every((weight, i) => i === 0 || weight < (npo.weight[i - 1] as number));
    expect(gentle, 'NPO pushes the harder the more probable the label').toBe(true);
    for (const id of ['rmu', 'ssd', 'kto']) expect(curveOf(id), id).toBeUndefined();
  });
});
