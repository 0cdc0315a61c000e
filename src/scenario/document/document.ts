import { faultError, faultLine, SimError } from '../../engine/base/errors.ts';
import { packLink } from '../links/link.ts';
import { describe, oneOf } from '../read/check.ts';
import type { DocumentKind, Documents, Fields, Library, ReadMode } from '../read/document-kind.ts';
import { unpack } from './unpack.ts';

/** Whatever a link or a file may hold. */
export type LabDocument = Documents[keyof Documents];

type AnyKind = { readonly [Kind in keyof Documents]: DocumentKind<Kind> }[keyof Documents];

/** Every kind of document, by name. Adding one is adding its file. */
const kinds: ReadonlyMap<string, AnyKind> = new Map(
  Object.values(import.meta.glob<AnyKind>('../*/*.kind.ts', { eager: true, import: 'default' })).map((kind) => [
    kind.kind,
    kind,
  ]),
);

/** What says nothing of its kind is a scenario. */
const standard = kinds.get('scenario') as AnyKind;

const kindFault = (expected: string, found: string): SimError =>
  faultError('scenario/invalid', [{ path: '/kind', expected, found }]);

/** Fields of a scenario that no other kind has beside them. */
const OWN_FIELDS = ['data', 'forget', 'model', 'runs'];

/** What a file without a kind was probably meant to be, beside a scenario. */
const meantBy = (fields: Fields): AnyKind | undefined => {
  if (fields['kind'] !== undefined || OWN_FIELDS.some((name) => Object.hasOwn(fields, name))) return undefined;
  return [...kinds.values()].find((kind: Pick<DocumentKind, 'looksLike'>) => kind.looksLike?.(fields));
};

const kindOf = (fields: Fields, mode: ReadMode): AnyKind => {
  const meant = mode === 'strict' ? meantBy(fields) : undefined;
  if (meant) {
    throw kindFault(`"${meant.kind}", which this looks like, and "version": ${meant.version} beside it`, 'nothing');
  }
  for (const kind of kinds.values()) if (kind !== standard && kind.is(fields)) return kind;
  if (mode === 'strict' && !standard.is(fields)) {
    const said = fields['kind'];
    throw kindFault(`${oneOf([...kinds.keys()], said)}, or no kind for a scenario`, describe(said));
  }
  return standard;
};

/** Faults that other faults would only follow from: of a later version nothing can be said. */
const checkVersion = ({ version: newest }: AnyKind, fields: Fields): void => {
  const found = Object.hasOwn(fields, 'version') ? fields['version'] : undefined;
  if (!Number.isInteger(found) || (found as number) <= newest) return;
  const expected = `version ${newest}${newest > 1 ? ' or older' : ''}: a newer page has made this, reload to get it`;
  const fault = { path: '/version', expected, found: describe(found) };
  throw new SimError('scenario/newer-version', faultLine(fault), [fault]);
};

/**
 * Reads whatever a link or a file holds: the part of a link after '#', JSON as text, or the bytes of a file. It is
 * unpacked and parsed once, here; the kind tells which it is.
 *
 * @throws {SimError} scenario/invalid with every fault, of a file in strict mode and of a lesson in any; file/malformed,
 * scenario/newer-version, link/malformed, link/too-large, link/newer-version
 */
export const readDocument = (input: string | Uint8Array, mode: ReadMode, library: Library): LabDocument => {
  const { fields, format } = unpack(input);
  const kind = kindOf(fields, mode);
  if (mode === 'strict') checkVersion(kind, fields);
  return kind.read(fields, { ...library, mode, format });
};

/** The part of a link after '#' that opens a document. @throws {SimError} link/too-large */
export const linkTo = <Kind extends keyof Documents>(document: Documents[Kind] & { readonly kind: Kind }): string =>
  packLink((kinds.get(document.kind) as unknown as DocumentKind<Kind>).write(document));
