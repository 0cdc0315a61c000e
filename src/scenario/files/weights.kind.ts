import { faultError } from '../../engine/base/errors.ts';
import type { WeightsSpec } from '../format/scenario.ts';
import { describe, isObject, shownKey } from '../read/check.ts';
import type { DocumentBase, DocumentKind } from '../read/document-kind.ts';

/** Weights by seed, not yet held to any network. */
export interface WeightsDocument extends DocumentBase<'weights'> {
  readonly weights: WeightsSpec;
  /** Whose they are, in the file's own words: short, on one line. */
  readonly of: string;
  /** 0 where it says none. */
  readonly step: number;
}

declare module '../read/document-kind.ts' {
  interface Documents {
    readonly weights: WeightsDocument;
  }
}

const VERSION = 1;

/** Names that only weights have: of this format, of its arrays, and as PyTorch calls them. */
const NAMES = /^(bySeed|original|retrained|(seed\d+\.)?(W\d*|b\d+|a))$|\.(weight|bias)$/;

export default {
  kind: 'weights',
  version: VERSION,
  is: ({ kind }) => kind === 'weights',
  looksLike: (fields) => !Object.hasOwn(fields, 'scenario') && Object.keys(fields).some((name) => NAMES.test(name)),
  read: (fields) => {
    const given = fields['version'];
    if (given !== VERSION) {
      throw faultError('scenario/invalid', [{ path: '/version', expected: `${VERSION}`, found: describe(given) }]);
    }
    const { model, step } = isObject(fields['about']) ? fields['about'] : {};
    return {
      kind: 'weights',
      repairs: [],
      weights: fields as WeightsSpec,
      of: typeof model === 'string' ? shownKey(model) : '',
      step: typeof step === 'number' && Number.isSafeInteger(step) ? step : 0,
    };
  },
  write: ({ weights, of, step }) => ({ about: { model: of, step }, ...weights, kind: 'weights', version: VERSION }),
} satisfies DocumentKind<'weights'>;
