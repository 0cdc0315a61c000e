import type { Results } from './results.ts';

/** What the author of a link or a file saw: with it, whoever opens it is told whether the result is the same. */
export interface Provenance {
  /** Of the results. */
  readonly checksum?: string;
  /** What computed them: 'kernels 0.1.0'. */
  readonly engine?: string;
}

/** What anything says about the results, as far as it is well-formed. */
export const readProvenance = (checksum: unknown, engine: unknown): Provenance => ({
  ...(typeof checksum === 'string' && /^[0-9a-f]{8}$/.test(checksum) ? { checksum } : {}),
  ...(typeof engine === 'string' && /^[a-z]{1,20} \d{1,5}(\.\d{1,5}){2}$/.test(engine) ? { engine } : {}),
});

/**
 * Why a result may differ from the one that the author of a link or a results file saw. `repaired`: the link was changed to a valid experiment,
 * so this is another one. `version`: the numbers come from another version of the engine. `backend`: from another way
 * to compute, which may differ in the last digits. `machine`: the same version on the same backend, but not one that
 * promises the same bits everywhere. `unexplained`: the same version on the kernels, which do. `unknown`: it does not say what computed it.
 */
export type Cause = 'repaired' | 'version' | 'backend' | 'machine' | 'unexplained' | 'unknown';

/** A result against what a link says of its author's. */
export interface ProvenanceMatch {
  readonly isSame: boolean;
  readonly expected: string;
  readonly found: string;
  /** What computed it here, and there where the link says so: 'kernels 0.1.0'. */
  readonly engine: string;
  readonly madeBy?: string;
  /** Given where they differ. */
  readonly cause?: Cause;
}

/** What a link says about results. */
export const provenanceOf = ({ checksum, engine }: Pick<Results, 'checksum' | 'engine'>): Required<Provenance> => ({
  checksum,
  engine: `${engine.backend} ${engine.version}`,
});

const causeOf = (madeBy: string | undefined, engine: string, isRepaired: boolean): Cause => {
  if (isRepaired) return 'repaired';
  if (madeBy === undefined) return 'unknown';
  if (madeBy === engine) return engine.startsWith('kernels ') ? 'unexplained' : 'machine';
  const versionOf = (name: string) => name.split(' ')[1];
  return versionOf(madeBy) === versionOf(engine) ? 'backend' : 'version';
};

/** Whether a result is the one that a link tells of, and if not, why. `isRepaired`: the link had to be changed. */
export const compareWith = (
  { checksum, engine: madeBy }: Provenance & { readonly checksum: string },
  found: Required<Provenance>,
  isRepaired: boolean,
): ProvenanceMatch => {
  const isSame = checksum === found.checksum;
  return {
    isSame,
    expected: checksum,
    found: found.checksum,
    engine: found.engine,
    ...(madeBy === undefined ? {} : { madeBy }),
    ...(isSame ? {} : { cause: causeOf(madeBy, found.engine, isRepaired) }),
  };
};
