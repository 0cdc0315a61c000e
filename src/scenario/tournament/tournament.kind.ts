import { withUnpackedPoints } from '../links/link.ts';
import { isObject } from '../read/check.ts';
import type { DocumentBase, DocumentKind, Fields } from '../read/document-kind.ts';
import { linkFields } from './link.ts';
import { parseTournament } from './parse.ts';
import type { Tournament } from './tournament.ts';

export interface TournamentDocument extends DocumentBase<'tournament'> {
  readonly tournament: Tournament;
}

declare module '../read/document-kind.ts' {
  interface Documents {
    readonly tournament: TournamentDocument;
  }
}

const isTournament = (value: unknown): value is Fields =>
  isObject(value) && Object.hasOwn(value, 'kind') && value['kind'] === 'tournament';

/** A link leaves the version of the scenario to its own beginning, and may have its points as bytes. */
const unpacked = (fields: Fields, format: number): Fields => {
  const scenario = Object.hasOwn(fields, 'scenario') ? fields['scenario'] : undefined;
  return isObject(scenario) ? { ...fields, scenario: { version: format, ...withUnpackedPoints(scenario) } } : fields;
};

export default {
  kind: 'tournament',
  version: 1,
  is: (fields) => isTournament(fields) || (Object.hasOwn(fields, 'tournament') && isTournament(fields['tournament'])),
  looksLike: ({ methods, budget }) => Array.isArray(methods) || budget !== undefined,
  read: (fields, { catalogue, presets, mode, format }) => {
    // Results hold what they are of.
    const raw = isTournament(fields) ? fields : (fields['tournament'] as Fields);
    const whole = format === undefined ? raw : unpacked(raw, format);
    return { kind: 'tournament', ...parseTournament(whole, catalogue, presets, mode) };
  },
  write: ({ tournament }) => linkFields(tournament),
} satisfies DocumentKind<'tournament'>;
