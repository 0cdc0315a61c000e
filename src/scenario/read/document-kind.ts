import type { CatalogueInfo } from '../format/catalogue.ts';
import type { Preset } from '../format/preset.ts';
import type { Repair } from './check.ts';

/** A JSON object, not yet checked. */
export type Fields = Readonly<Record<string, unknown>>;

/** What documents are read with. */
export interface Library {
  readonly catalogue: CatalogueInfo;
  readonly presets: readonly Preset[];
}

/** Strict: any fault is an error that lists all of them. Repair: the nearest valid content, with what was changed. */
export type ReadMode = 'strict' | 'repair';

export interface ReadContext extends Library {
  readonly mode: ReadMode;
  /** Of a link: the format that it begins with. Undefined for a file. */
  readonly format: number | undefined;
}

/**
 * What each kind of document is read as, by kind. A kind declares its own entry:
 * `declare module '../read/document-kind.ts' { interface Documents { lesson: LessonDocument } }`.
 */
// biome-ignore lint/suspicious/noEmptyInterface: the kinds fill it, each from its own folder
export interface Documents {}

/** What every document has. */
export interface DocumentBase<Kind extends string> {
  readonly kind: Kind;
  /** What had to be changed, in the mode that repairs. */
  readonly repairs: readonly Repair[];
}

/** How one kind of document is known, read and written: the default export of a file `<kind>.kind.ts`. */
export interface DocumentKind<Kind extends keyof Documents = keyof Documents> {
  readonly kind: Kind;
  /** The newest version that is read here. */
  readonly version: number;
  /** Whether these fields are of this kind. */
  readonly is: (fields: Fields) => boolean;
  /** Whether fields that say nothing of their kind look like this one. A file is then told what it lacks. */
  readonly looksLike?: (fields: Fields) => boolean;
  /** @throws {SimError} scenario/invalid with every fault; file/malformed, link/malformed */
  readonly read: (fields: Fields, context: ReadContext) => Documents[Kind];
  /** The fields that a link holds of it, and that `read` gives back as the same. */
  readonly write: (document: Documents[Kind]) => Fields;
}
