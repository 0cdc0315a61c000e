import type { CatalogueInfo } from '../format/catalogue.ts';
import { version } from '../format/defaults.ts';
import { differences } from '../format/differences.ts';
import type { Preset } from '../format/presets.ts';
import { packLink, unpackLink, withPackedPoints, withUnpackedPoints } from '../links/link.ts';
import { isObject } from '../read/check.ts';
import { isTournament, type ParsedTournament, parseTournament } from './parse.ts';
import { type Tournament, writeTournament } from './tournament.ts';

/** The part of a link after '#' that opens a tournament. @throws {SimError} link/too-large */
export const encodeTournament = (tournament: Tournament): string => {
  const { runs: _, seeds: __, ...fields } = differences(tournament.scenario);
  return packLink({ ...writeTournament(tournament), scenario: withPackedPoints(fields, tournament.scenario) });
};

/**
 * Reads the part of a link after '#' if it holds a tournament; undefined if it holds something else. What is wrong
 * inside is repaired and listed.
 *
 * @throws {SimError} link/malformed, link/too-large, link/newer-version
 */
export const decodeTournament = (
  hash: string,
  catalogue: CatalogueInfo,
  presets: readonly Preset[],
): ParsedTournament | undefined => {
  const { fields } = unpackLink(hash);
  if (!isTournament(fields)) return undefined;
  const { scenario } = fields as { readonly scenario?: unknown };
  const whole = isObject(scenario) ? { version, ...withUnpackedPoints(scenario) } : scenario;
  return parseTournament({ ...fields, scenario: whole }, catalogue, presets, 'repair');
};
