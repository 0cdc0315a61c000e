import type { MethodInfo, RuleText } from '../../engine/contracts/method.ts';
import { isObject } from '../../scenario/format/json.ts';
import type { OwnRule } from '../../scenario/formula/own.ts';

/** A hyperparameter as it stands in the fields. */
export interface ParamDraft {
  readonly name: string;
  readonly label: string;
  readonly symbol: string;
  readonly value: string;
  readonly min: string;
  readonly max: string;
  readonly isLog: boolean;
}

export interface PullDraft {
  readonly towards: string;
  readonly weight: string;
}

export interface TermDraft {
  readonly on: string;
  readonly mean: string;
  readonly pulls: readonly PullDraft[];
}

/** A rule as it is being typed: texts, whether they make sense or not. */
export interface RuleDraft {
  /** Of the rule that is changed; '' for a new one. */
  readonly id: string;
  readonly title: string;
  readonly params: readonly ParamDraft[];
  readonly terms: readonly TermDraft[];
}

export const newParam = (name: string, symbol = ''): ParamDraft => ({
  name,
  label: '',
  symbol,
  value: '1',
  min: '0',
  max: '10',
  isLog: false,
});

export const newPull: PullDraft = { towards: 'label', weight: '' };
export const newTerm: TermDraft = { on: 'forget', mean: 'examples', pulls: [newPull] };

/** What a new rule begins with: gradient ascent, which the picture compares with. */
export const newDraft = (title: string): RuleDraft => ({
  id: '',
  title,
  params: [],
  terms: [{ ...newTerm, pulls: [{ towards: 'label', weight: '-1' }] }],
});

const paramDraft = (name: string, spec: OwnRule['params'][string]): ParamDraft => ({
  name,
  label: spec.label,
  symbol: spec.symbol ?? '',
  value: String(spec.default),
  min: String(spec.min),
  max: String(spec.max),
  isLog: spec.scale === 'log',
});

/** A rule of the experiment, to be changed. */
export const draftOfRule = ({ id, title, params, terms }: OwnRule): RuleDraft => ({
  id,
  title,
  params: Object.entries(params).map(([name, spec]) => paramDraft(name, spec)),
  terms,
});

/** A method of the lab as a formula that can be changed. Its settings are those of the run that it is taken from. */
export const draftOfMethod = (
  title: string,
  { params }: MethodInfo,
  rule: readonly RuleText[],
  settings: Readonly<Record<string, unknown>>,
): RuleDraft => ({
  id: '',
  title,
  params: Object.entries(params).flatMap(([name, spec]) => {
    if (spec.kind !== 'number') return [];
    const value = settings[name];
    return [paramDraft(name, { ...spec, default: typeof value === 'number' ? value : spec.default })];
  }),
  terms: rule.map(({ on, mean, pulls }) => ({ on, mean, pulls })),
});

/** The rule as a file would write it: a number that is none stays a text, for the reader to say so. */
export const rawRule = ({ title, params, terms }: RuleDraft, id: string) => {
  const number = (typed: string): unknown =>
    typed.trim() === '' || Number.isNaN(Number(typed)) ? typed : Number(typed);
  return {
    id,
    title,
    params: Object.fromEntries(
      params.map(({ name, label, symbol, value, min, max, isLog }) => [
        name,
        {
          label: label.trim() || name,
          ...(symbol.trim() && { symbol: symbol.trim() }),
          default: number(value),
          min: number(min),
          max: number(max),
          scale: isLog ? 'log' : 'linear',
        },
      ]),
    ),
    terms,
  };
};

/** An id made of a title, that nothing else has. */
export const idFor = (title: string, taken: readonly string[]): string => {
  const plain =
    title
      .normalize('NFKD')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 40) || 'rule';
  const base = plain in {} ? `my-${plain}` : plain;
  if (!taken.includes(base)) return base;
  for (let n = 2; ; n++) if (!taken.includes(`${base}-${n}`)) return `${base}-${n}`;
};

const textsIn = (value: unknown, fields: readonly string[]): boolean =>
  isObject(value) && fields.every((field) => typeof value[field] === 'string');

/** What was being typed before a reload; null for anything else. */
export const draftFrom = (text: string | null): RuleDraft | null => {
  let value: unknown;
  try {
    value = JSON.parse(text ?? 'null');
  } catch {
    return null;
  }
  if (!textsIn(value, ['id', 'title'])) return null;
  const { params, terms } = value as { readonly params?: unknown; readonly terms?: unknown };
  const isParam = (one: unknown) => textsIn(one, ['name', 'label', 'symbol', 'value', 'min', 'max']);
  const isTerm = (one: unknown) =>
    textsIn(one, ['on', 'mean']) &&
    Array.isArray((one as TermDraft).pulls) &&
    (one as TermDraft).pulls.every((pull) => textsIn(pull, ['towards', 'weight']));
  if (!Array.isArray(params) || !Array.isArray(terms) || !params.every(isParam) || !terms.every(isTerm)) return null;
  return value as RuleDraft;
};
