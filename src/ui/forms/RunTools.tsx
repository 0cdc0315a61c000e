import { useState } from 'react';
import type { MethodInfo } from '../../engine/contracts/method.ts';
import type { CatalogueInfo } from '../../scenario/format/catalogue.ts';
import type { RunSpec } from '../../scenario/format/scenario.ts';
import { runSettings, settingsOf } from '../../scenario/format/settings.ts';
import { fanValues } from '../../scenario/tournament/sweep-values.ts';
import { fanRun, roomFor } from '../../store/draft/edits.ts';
import { PINS } from '../../store/present/pins.ts';
import { useLab, useLabState } from '../hooks/lab.ts';
import { draftOfMethod, draftOfRule, type RuleDraft } from '../own/draft.ts';
import { LazyRule } from '../own/LazyRule.tsx';
import { ownText } from '../own/own.text.ts';
import { term, text } from '../text.ts';
import './run-tools.css';

interface Props {
  readonly run: RunSpec;
  readonly index: number;
  /** Labels of its panels: more than one if it sweeps. */
  readonly labels: readonly string[];
  readonly method: MethodInfo;
  readonly catalogue: CatalogueInfo;
}

/** How many numbers of a method have a button of their own. */
const FANS = 2;

/** The numbers worth fanning: the method's own, else the learning rate. */
const fannable = ({ run, method, catalogue }: Props) => {
  const settings = runSettings(method, catalogue);
  const own = Object.keys(method.params).map((name) => `params.${name}`);
  const numbers = own.filter((path) => settings.get(path)?.kind === 'number').slice(0, FANS);
  const paths = numbers.length > 0 || method.schedule === 'one-shot' ? numbers : ['learningRate'];
  const values = settingsOf(run);
  return paths.flatMap((path) => {
    const spec = settings.get(path);
    if (!spec || Object.hasOwn(run.sweep, path)) return [];
    return [{ path, spec, values: fanValues(spec, Number(values[path] ?? spec.default)) }];
  });
};

/** The run's rule to be changed, or its method as a formula that can be. */
const RuleTool = ({ run, method, isFull }: Pick<Props, 'run' | 'method'> & { readonly isFull: boolean }) => {
  const own = useLabState(({ draft }) => draft.scenario?.own?.find(({ id }) => id === run.method));
  const [isOpen, setIsOpen] = useState(false);
  const begin = (): RuleDraft | undefined => {
    if (own) return draftOfRule(own);
    return method.rule && draftOfMethod(ownText.copyName(method.short), method, method.rule, run.params);
  };
  if (!own && !method.rule) return null;
  return (
    <>
      <button
        type="button"
        className="button"
        disabled={!own && isFull}
        onClick={() => setIsOpen(true)}
        data-testid={own ? 'rule-edit' : 'rule-duplicate'}
      >
        {own ? ownText.edit : ownText.duplicate}
      </button>
      {isOpen ? <LazyRule begin={begin()} onClose={() => setIsOpen(false)} /> : null}
    </>
  );
};

/** What can be done with a run: its result pinned, its numbers fanned. */
export const RunTools = (props: Props) => {
  const { run, index, labels } = props;
  const lab = useLab();
  const isFull = useLabState((state) => state.pins.length + labels.length > PINS.length);
  const room = useLabState(({ draft }) => (draft.scenario ? roomFor(draft.scenario, run) : 0));
  const hasResult = useLabState(({ run: { shown } }) =>
    labels.every((label) => {
      const variant = shown?.collector.variants.find((one) => one.label === label)?.variant;
      return variant !== undefined && shown?.collector.seeds.some((seed) => shown.collector.lane(variant, seed)?.count);
    }),
  );
  return (
    <div className="run__tools">
      <button
        type="button"
        className="button"
        disabled={isFull || !hasResult}
        title={isFull ? text.plane.pinsFull(PINS.length) : text.plane.pinHint}
        aria-label={text.plane.pinRun(run.name)}
        onClick={() => lab.pins.add(labels)}
        data-testid="run-pin"
      >
        {text.plane.pin}
      </button>
      {fannable(props).map(({ path, spec, values }) => {
        const symbol = spec.symbol ?? term(spec.label);
        return (
          <button
            key={path}
            type="button"
            className="button"
            disabled={values.length === 0 || values.length > room}
            title={values.length > room ? text.plane.fanFull : text.plane.fanHint(term(spec.label), values.join(', '))}
            aria-label={text.plane.fanRun(symbol, run.name, term(spec.label))}
            onClick={() => lab.draft.edit(fanRun(index, path, values, symbol))}
            data-testid={`fan-${path}`}
          >
            {text.plane.fan(symbol)}
          </button>
        );
      })}
      <RuleTool run={run} method={props.method} isFull={room === 0} />
    </div>
  );
};
