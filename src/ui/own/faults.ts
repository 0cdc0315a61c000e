import type { Fault } from '../../engine/base/errors.ts';
import type { RuleDraft } from './draft.ts';
import { ownText } from './own.text.ts';

/** A fault of a draft that no field shows beside itself. */
export interface DraftFault {
  /** What the field is called on the page. */
  readonly place: string;
  /** In English, as readers say it, or in the language of the page. */
  readonly expected: string;
  readonly found: string;
}

const FIELDS: Readonly<Record<string, string>> = { default: 'value', scale: 'isLog' };

/** Names that more than one hyperparameter has: in a file there is room for one. */
export const namesTwice = ({ params }: RuleDraft): readonly string[] => [
  ...new Set(params.flatMap(({ name }, i) => (params.findIndex((one) => one.name === name) < i ? [name] : []))),
];

/** The path of a fault in a list of rules, within its rule: `/0/params/beta/max` is `params`, `beta`, `max`. */
const partsOf = (path: string): readonly string[] =>
  path
    .split('/')
    .slice(2)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));

/** A path as the names of the fields that it goes through. */
const placeOf = ({ terms }: RuleDraft, path: string): string => {
  const [kind, at = '', field = '', pull] = partsOf(path);
  if (kind === 'title') return ownText.name;
  if (kind === 'params') {
    const words: Readonly<Record<string, unknown>> = ownText.param;
    const name = words[FIELDS[field] ?? field];
    return [at || ownText.params, ...(typeof name === 'string' ? [name] : [])].join(', ');
  }
  if (kind !== 'terms' || pull === undefined) return partsOf(path).join('/');
  const before = terms.slice(0, Number(at)).reduce((sum, { pulls }) => sum + pulls.length, 0);
  return ownText.weight(before + Number(pull) + 1);
};

/** What is wrong with a draft beside the faults of its formulas, which stand at their fields. */
export const otherFaults = (
  draft: RuleDraft,
  repairs: readonly Fault[],
  isFaulty: (weight: string) => boolean,
): readonly DraftFault[] => {
  const isShown = (path: string): boolean => {
    const [kind, at, , pull, field] = partsOf(path);
    if (kind !== 'terms' || field !== 'weight') return false;
    return isFaulty(draft.terms[Number(at)]?.pulls[Number(pull)]?.weight ?? '');
  };
  return [
    ...namesTwice(draft).map((name) => ({ place: name || ownText.params, expected: ownText.anotherName, found: name })),
    ...repairs
      .filter(({ path }) => !isShown(path))
      .map(({ path, expected, found }) => ({ place: placeOf(draft, path), expected, found })),
  ];
};
