import type { Address } from '../links/mend.ts';
import { scenarioFromQuery } from '../links/query.ts';
import type { Library } from '../read/document-kind.ts';
import { parseScenario } from '../read/parse.ts';
import { type LabDocument, readDocument } from './document.ts';

/**
 * What an address holds: the document of its hash, else the experiment that its query asks for, else the first preset.
 * What is wrong inside is repaired and listed.
 *
 * @throws {SimError} link/malformed, link/too-large, link/newer-version; scenario/invalid for a lesson with faults
 */
export const readAddress = ({ hash, search }: Address, library: Library): LabDocument | undefined => {
  const { presets, catalogue } = library;
  const asked = scenarioFromQuery(search, presets, catalogue);
  // A mark in a page, as '#top', takes nothing from what the query asks for.
  if (hash !== '' && !(asked && /^[a-z][^.%]*$/i.test(hash))) return readDocument(`#${hash}`, 'repair', library);
  if (asked) return { kind: 'scenario', ...asked };
  return presets[0] && { kind: 'scenario', ...parseScenario(presets[0].input, catalogue, 'repair') };
};
