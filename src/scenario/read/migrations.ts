import { type NotesMove, toVersion2 } from '../format/version-1.ts';
import { isObject } from './check.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * What a scenario of one version says, as the next version says it. The input is as it came, unchecked: a migration
 * passes on what it does not know, and never throws. Where the next version has other defaults, it writes out the old ones.
 * It notes what it moves, so that faults are told at the places that the author knows.
 */
export type Migration = (older: Fields, moved: NotesMove) => Fields;

/**
 * The first leads from version 1 to version 2, and so on: there is one less than there are versions. Old links and
 * files go through them, so a migration is never changed once it was shipped, and each version has a stored set of
 * links in the tests.
 */
const migrations: readonly Migration[] = [toVersion2];

/** A scenario in the form of the newest version; what is of no older version is given back as it is. */
export const migrate = (
  input: unknown,
  steps: readonly Migration[] = migrations,
  moved: NotesMove = () => {},
): unknown => {
  if (!isObject(input)) return input;
  const from = Object.hasOwn(input, 'version') ? input['version'] : undefined;
  if (!Number.isInteger(from) || (from as number) < 1) return input;
  let fields = input;
  for (let i = (from as number) - 1; i < steps.length; i++) {
    fields = { ...(steps[i] as Migration)(fields, moved), version: i + 2 };
  }
  return fields;
};

/** A migrated scenario, and where a place of it stood in the input. Both places are JSON pointers. */
export const migrated = (input: unknown): { readonly input: unknown; readonly placeOf: (path: string) => string } => {
  const places = new Map<string, string>();
  const result = migrate(input, migrations, (to, from) => places.set(to, from));
  const placeOf = (path: string): string => {
    for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) {
      const from = places.get(path.slice(0, end));
      if (from !== undefined) return from + path.slice(end);
    }
    return path;
  };
  return { input: result, placeOf };
};
