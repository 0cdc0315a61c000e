import { type Provenance, readProvenance } from '../format/provenance.ts';
import type { Scenario } from '../format/scenario.ts';
import { isObject } from '../read/check.ts';
import type { DocumentBase, DocumentKind } from '../read/document-kind.ts';
import { parseScenario } from '../read/parse.ts';

/**
 * The scenario of saved results, and what they were. Their numbers are not read: they are computed again and compared
 * by the checksum.
 */
export interface ResultsDocument extends DocumentBase<'results'>, Provenance {
  readonly scenario: Scenario;
}

declare module '../read/document-kind.ts' {
  interface Documents {
    readonly results: ResultsDocument;
  }
}

const own = (value: unknown, key: string): unknown =>
  isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;

/** 'kernels 0.1.0' of `{ backend, version }`; a link has it as one text. */
const engineOf = (engine: unknown): unknown => {
  const words = [own(engine, 'backend'), own(engine, 'version')];
  return words.every((word) => typeof word === 'string') ? words.join(' ') : engine;
};

export default {
  kind: 'results',
  version: 1,
  is: (fields) => {
    const kind = own(fields, 'kind');
    return kind === 'results' || (kind === undefined && own(fields, 'scenario') !== undefined);
  },
  read: (fields, { catalogue, mode }) => ({
    kind: 'results',
    ...parseScenario(own(fields, 'scenario'), catalogue, mode),
    ...readProvenance(own(fields, 'checksum'), engineOf(own(fields, 'engine'))),
  }),
  write: ({ scenario, checksum, engine }) => ({
    scenario,
    ...(checksum === undefined ? {} : { checksum }),
    ...(engine === undefined ? {} : { engine }),
  }),
} satisfies DocumentKind<'results'>;
