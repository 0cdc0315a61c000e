import { catalogue } from '../text/language.ts';

/** The words of the comparison with the retrained model's map. */
export const differenceText = catalogue('compare/difference', {
  toggle: 'Difference to retrained',
  hint: 'Hatches each map where it predicts a different class than the retrained model',
  share: (percent: string) => `differs on ${percent}`,
});
