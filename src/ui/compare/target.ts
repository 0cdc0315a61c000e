import type { ForgetSpec } from '../../scenario/format/scenario.ts';
import { text } from '../text.ts';
import { className } from '../theme/palette.ts';

/** The forget set in words that fit into a sentence: 'class C', 'the random 10 %'. */
export const targetName = (forget: ForgetSpec): string => {
  switch (forget.kind) {
    case 'class':
      return text.target.class(className(forget.label));
    case 'random':
      return text.target.random(Number((forget.fraction * 100).toPrecision(3)));
    case 'indices':
      return text.target.indices(forget.indices.length);
    case 'region':
      return 'disc' in forget ? text.target.disc : text.target.region;
    case 'component':
      return text.target.component(forget.name);
    case 'selector':
      return text.target.indices(forget.count);
  }
};
