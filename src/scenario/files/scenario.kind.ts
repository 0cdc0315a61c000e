import { version } from '../format/defaults.ts';
import { differences } from '../format/differences.ts';
import type { Provenance } from '../format/provenance.ts';
import type { Scenario } from '../format/scenario.ts';
import { scenarioOfLink, withPackedPoints } from '../links/link.ts';
import type { DocumentBase, DocumentKind } from '../read/document-kind.ts';
import { parseScenario } from '../read/parse.ts';

/** A scenario; of a link, with what its author saw where it says so. */
export interface ScenarioDocument extends DocumentBase<'scenario'>, Provenance {
  readonly scenario: Scenario;
  /** It was asked for by a preset's name, and the preset computes something else now than when the link was made. */
  readonly isPresetChanged?: boolean;
}

declare module '../read/document-kind.ts' {
  interface Documents {
    readonly scenario: ScenarioDocument;
  }
}

export default {
  kind: 'scenario',
  version,
  is: ({ kind }) => kind === undefined || kind === 'scenario',
  read: (given, { catalogue, mode, format }) => {
    const { kind, ...rest } = given;
    const fields = kind === 'scenario' ? rest : given;
    return {
      kind: 'scenario',
      ...(format === undefined
        ? parseScenario(fields, catalogue, mode)
        : scenarioOfLink(fields, format, catalogue, mode)),
    };
  },
  write: ({ scenario, kind: _, repairs: __, ...provenance }) => ({
    ...withPackedPoints(differences(scenario), scenario),
    ...provenance,
  }),
} satisfies DocumentKind<'scenario'>;
