import type { ForgetSpec } from '../../scenario/scenario.ts';
import { className } from '../theme/palette.ts';

/** The forget set in words that fit into a sentence: 'class C', 'the random 10 %'. */
export const targetName = (forget: ForgetSpec): string => {
  switch (forget.kind) {
    case 'class':
      return `class ${className(forget.label)}`;
    case 'random':
      return `the random ${Number((forget.fraction * 100).toPrecision(3))} %`;
    case 'indices':
      return forget.indices.length === 1 ? 'the chosen point' : `the ${forget.indices.length} chosen points`;
    case 'region':
      return 'disc' in forget ? 'the disc' : 'the region';
    case 'component':
      return `the part “${forget.name}”`;
  }
};
