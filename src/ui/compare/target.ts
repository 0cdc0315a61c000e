import type { ForgetSpec, Scenario } from '../../scenario/format/scenario.ts';
import { text } from '../text.ts';
import { className } from '../theme/palette.ts';

/** The forget set in words that fit into a sentence: 'class C', 'the randomly chosen points'. */
export const targetName = (forget: ForgetSpec): string => {
  switch (forget.kind) {
    case 'class':
      return text.target.class(className(forget.label));
    case 'random':
      return text.target.random;
    case 'indices':
      return text.target.indices(forget.indices.length);
    case 'region':
      return 'disc' in forget ? text.target.disc : text.target.region;
    case 'component':
      return text.target.component(forget.name);
    case 'selector':
      return text.target.indices(forget.count);
    case 'rule':
      return text.target.rule;
  }
};

/** What a panel's first number counts: 'C still right', or a family's own number by its title. */
export const stillRightOf = (scenario: Scenario | null | undefined, headline?: string): string => {
  if (headline) return headline;
  return scenario?.forget.kind === 'class'
    ? text.panel.classRight(className(scenario.forget.label))
    : text.panel.forgetRight;
};
