import type { StoreApi } from 'zustand/vanilla';
import type { Scenario } from '../../scenario/format/scenario.ts';
import type { Repair } from '../../scenario/read/check.ts';
import type { LabState, Notice } from '../contracts/state.ts';

/** Notices that are not about the last change and outlive it. */
const LASTING: ReadonlySet<Notice['kind']> = new Set(['unkept', 'update', 'worker']);

/** Says what there is to say of the last change, in place of what was said of the one before. */
export const notify = (store: StoreApi<LabState>, fresh: readonly Notice[]): void =>
  store.setState(({ notices }) => ({ notices: [...notices.filter(({ kind }) => LASTING.has(kind)), ...fresh] }));

/** What is said of rules that came with a link or a file. */
export const foreignRules = ({ own = [] }: Pick<Scenario, 'own'>): readonly Notice[] =>
  own.length > 0 ? [{ kind: 'foreign-rules', titles: own.map(({ title }) => title) }] : [];

/** What is to be said of repairs, which is nothing where there are none. */
export const repaired = (source: 'link' | 'edit', repairs: readonly Repair[]): readonly Notice[] =>
  repairs.length === 0 ? [] : [{ kind: 'repairs', source, repairs }];
