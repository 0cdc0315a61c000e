import { deflateSync, Inflate, strFromU8, strToU8 } from 'fflate';
import { SimError } from '../../engine/base/errors.ts';
import type { CatalogueInfo } from '../format/catalogue.ts';
import { version } from '../format/defaults.ts';
import { differences } from '../format/differences.ts';
import { type Provenance, readProvenance } from '../format/provenance.ts';
import type { InlineParams, Scenario } from '../format/scenario.ts';
import { isObject, type Repair } from '../read/check.ts';
import type { Fields, ReadMode } from '../read/document-kind.ts';
import { parseScenario } from '../read/parse.ts';
import { fromBase64Url, toBase64Url } from './base64url.ts';
import { mendHash } from './mend.ts';
import { packPoints, unpackPoints } from './pack-points.ts';

/** What a link's payload may inflate to, in bytes. */
const MOST_BYTES = 256 * 1024;
/** Characters of a payload: what cannot be compressed grows by a third, and a little. */
const MOST_CHARACTERS = 352 * 1024;
/** Deflate shrinks at most 1032 : 1, so one slice inflates by half a megabyte at most; smaller ones take longer in all. */
const SLICE = 512;

export interface DecodedLink extends Provenance {
  readonly scenario: Scenario;
  /** What had to be changed to make it a valid scenario. */
  readonly repairs: readonly Repair[];
}

const malformed = (why: string): SimError =>
  new SimError(
    'link/malformed',
    `This link cannot be read: ${why}. It may have been cut short on its way; ask for it again or paste it whole.`,
  );

const tooLarge = (what: string): SimError =>
  new SimError('link/too-large', `${what}. Links hold up to ${MOST_BYTES / 1024} kB; share a file instead.`);

/** The fields of a link with inline points as one text of bytes. */
export const withPackedPoints = (fields: Fields, { data }: Scenario): Fields =>
  data.generator === 'inline'
    ? {
        ...fields,
        data: { ...(fields['data'] as Fields), params: toBase64Url(packPoints(data.params as InlineParams)) },
      }
    : fields;

/** The fields of a link with inline points as lists; a link may also have them as lists from the start. */
export const withUnpackedPoints = (fields: Fields): Fields => {
  const data = Object.hasOwn(fields, 'data') ? fields['data'] : undefined;
  if (!isObject(data) || !Object.hasOwn(data, 'params') || typeof data['params'] !== 'string') return fields;
  const bytes = fromBase64Url(data['params']);
  const params = bytes && unpackPoints(bytes);
  if (params === undefined) throw malformed('its points are damaged');
  return { ...fields, data: { ...data, params } };
};

/**
 * The part of a link after '#': the version, a dot, and what the scenario says beyond the defaults.
 *
 * @throws {SimError} link/too-large, for example with many thousands of inline points
 */
export const encodeLink = (scenario: Scenario, provenance: Provenance = {}): string => {
  return packLink({ ...withPackedPoints(differences(scenario), scenario), ...provenance });
};

/** The part of a link after '#' that holds some fields. @throws {SimError} link/too-large */
export const packLink = (fields: Fields): string => {
  const bytes = strToU8(JSON.stringify(fields));
  if (bytes.length > MOST_BYTES) throw tooLarge('This experiment carries too much data for a link');
  return `${version}.${toBase64Url(deflateSync(bytes, { level: 9 }))}`;
};

/** Inflates at most MOST_BYTES. */
const inflate = (bytes: Uint8Array): Uint8Array => {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const stream = new Inflate((chunk) => {
    chunks.push(chunk);
    length += chunk.length;
  });
  for (let start = 0; start < bytes.length; start += SLICE) {
    const end = Math.min(bytes.length, start + SLICE);
    stream.push(bytes.subarray(start, end), end === bytes.length);
    if (length > MOST_BYTES) throw tooLarge('This link unpacks to too much data');
  }
  const whole = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.length;
  }
  return whole;
};

/** The JSON object of a payload. */
const unpack = (payload: string): Fields => {
  if (payload.length > MOST_CHARACTERS) throw tooLarge('This link is too long');
  // One digit too many is no byte: a slash, or a dash of the sentence around it.
  const bytes = fromBase64Url(payload) ?? fromBase64Url(payload.slice(0, -1));
  if (bytes === undefined || bytes.length === 0) throw malformed('its data are not base64');
  let value: unknown;
  try {
    value = JSON.parse(strFromU8(inflate(bytes)));
  } catch (thrown) {
    if (thrown instanceof SimError) throw thrown;
    throw malformed('its data are damaged');
  }
  if (!isObject(value)) throw malformed('its data are not an experiment');
  return value;
};

const FORM = /^#?(\d{1,9})\.([A-Za-z0-9_+/=-]*)$/;

/**
 * The format and the fields of the part of a link after '#' (which may still be there).
 *
 * @throws {SimError} link/malformed, link/too-large, link/newer-version
 */
export const unpackLink = (hash: string): { readonly format: number; readonly fields: Fields } => {
  if (hash.length > 3 * MOST_CHARACTERS) throw tooLarge('This link is too long');
  const match = FORM.exec(hash.trim()) ?? FORM.exec(mendHash(hash)?.hash ?? '');
  if (match === null) throw malformed('it does not have the form #1.data');
  const format = Number(match[1]);
  if (format === 0) throw malformed('there is no format 0');
  if (format > version) {
    throw new SimError(
      'link/newer-version',
      `This link was made by a newer version of Unlearn Lab (format ${format}; this one reads format ${version}). Reload the page to get it.`,
      [
        {
          path: '/version',
          expected: `version ${version} or older: a newer page has made this, reload to get it`,
          found: `${format}`,
        },
      ],
    );
  }
  return { format, fields: unpack(match[2] as string) };
};

/**
 * The scenario that the fields of a link say, in the format that the link begins with.
 *
 * @throws {SimError} link/malformed; scenario/invalid in strict mode
 */
export const scenarioOfLink = (
  { checksum, engine, ...fields }: Fields,
  format: number,
  catalogue: CatalogueInfo,
  mode: ReadMode,
): DecodedLink => {
  const raw = { ...withUnpackedPoints(fields), version: format };
  return { ...parseScenario(raw, catalogue, mode), ...readProvenance(checksum, engine) };
};

/**
 * Reads the part of a link after '#' (which may still be there) as a scenario. What is wrong inside is repaired and listed.
 *
 * @throws {SimError} link/malformed, link/too-large, link/newer-version
 */
export const decodeLink = (hash: string, catalogue: CatalogueInfo): DecodedLink => {
  const { format, fields } = unpackLink(hash);
  return scenarioOfLink(fields, format, catalogue, 'repair');
};
