import type { RevealStep, Scenario } from '../../scenario/format/scenario.ts';
import { term, text } from '../text.ts';

/** What a view is called: as its author says, or by what it adds to the one before. */
export const titleOf = ({ title, runs, retrained, show }: RevealStep, scenario: Scenario, at: number): string => {
  if (title) return term(title);
  if (show === 'claims') return text.present.claims;
  if (runs?.length === 0) return text.present.before;
  const newest = runs?.at(-1);
  if (newest !== undefined) return newest;
  return retrained === false ? text.present.views(at + 1, scenario.runs.length) : text.present.aim;
};
