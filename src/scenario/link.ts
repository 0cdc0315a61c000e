import { deflateSync, Inflate, strFromU8, strToU8 } from 'fflate';
import { SimError } from '../engine/errors.ts';
import { fromBase64Url, toBase64Url } from './base64url.ts';
import type { CatalogueInfo } from './catalogue.ts';
import { isObject, type Repair } from './check.ts';
import { version } from './defaults.ts';
import { differences } from './differences.ts';
import { parseScenario } from './parse.ts';
import type { Scenario } from './scenario.ts';

/** What a link's payload may inflate to, in bytes. */
const MOST_BYTES = 256 * 1024;
/** Deflate shrinks at most 1032 : 1, so one slice never inflates by more than 64 KiB. */
const SLICE = 64;

export interface DecodedLink {
  readonly scenario: Scenario;
  /** What had to be changed to make it a valid scenario. */
  readonly repairs: readonly Repair[];
  /** Of the results that the link's author saw. */
  readonly checksum?: string;
}

const malformed = (why: string): SimError =>
  new SimError(
    'link/malformed',
    `This link cannot be read: ${why}. It may have been cut short on its way; ask for it again or paste it whole.`,
  );

const tooLarge = (what: string): SimError =>
  new SimError('link/too-large', `${what}. Links hold up to ${MOST_BYTES / 1024} kB; share a file instead.`);

/**
 * The part of a link after '#': the version, a dot, and what the scenario says beyond the defaults.
 *
 * @throws {SimError} link/too-large, for example with thousands of inline points
 */
export const encodeLink = (scenario: Scenario, checksum?: string): string => {
  const payload = { ...differences(scenario), ...(checksum === undefined ? {} : { checksum }) };
  const bytes = strToU8(JSON.stringify(payload));
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

/** The JSON value of a payload of version 1. */
const unpack = (payload: string): Readonly<Record<string, unknown>> => {
  const bytes = fromBase64Url(payload);
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

const checksumOf = (value: unknown): { readonly checksum?: string } =>
  typeof value === 'string' && /^[0-9a-f]{8}$/.test(value) ? { checksum: value } : {};

/**
 * Reads the part of a link after '#' (which may still be there). What is wrong inside is repaired and listed.
 *
 * @throws {SimError} link/malformed, link/too-large, link/newer-version
 */
export const decodeLink = (hash: string, catalogue: CatalogueInfo): DecodedLink => {
  const match = /^#?(\d{1,9})\.([A-Za-z0-9_+/=-]*)$/.exec(hash.trim());
  if (match === null) throw malformed('it does not have the form #1.data');
  switch (Number(match[1])) {
    case version: {
      const { checksum, ...raw } = unpack(match[2] as string);
      return { ...parseScenario({ ...raw, version }, catalogue, 'repair'), ...checksumOf(checksum) };
    }
    case 0:
      throw malformed('there is no format 0');
    default:
      throw new SimError(
        'link/newer-version',
        `This link was made by a newer version of Unlearn Lab (format ${match[1]}; this one reads format ${version}). Reload the page to get it.`,
      );
  }
};
