import { differences } from '../format/differences.ts';
import { packLink, withPackedPoints } from '../links/link.ts';
import type { Fields } from '../read/document-kind.ts';
import { type Tournament, writeTournament } from './tournament.ts';

/** The fields of a link that opens a tournament. */
export const linkFields = (tournament: Tournament): Fields => {
  const { runs: _, seeds: __, ...fields } = differences(tournament.scenario);
  return { ...writeTournament(tournament), scenario: withPackedPoints(fields, tournament.scenario) };
};

/** The part of a link after '#' that opens a tournament. @throws {SimError} link/too-large */
export const encodeTournament = (tournament: Tournament): string => packLink(linkFields(tournament));
