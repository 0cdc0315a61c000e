import { useMemo, useState } from 'react';
import type { CatalogueInfo } from '../../../scenario/format/catalogue.ts';
import { runSettings, settingsOf } from '../../../scenario/format/settings.ts';
import { startingSweep } from '../../../scenario/tournament/sweep-values.ts';
import type { LabRun } from '../../../store/contracts/state.ts';
import { sweepSetting, takeSetting } from '../../../store/draft/edits.ts';
import { type SweepCell, sweepTable, sweptRuns } from '../../../store/numbers/sweep.ts';
import { BandLegend } from '../../charts/BandLegend.tsx';
import { TableToggle } from '../../charts/TableToggle.tsx';
import { useSlowVersion } from '../../charts/useChartData.ts';
import { quantity } from '../../format.ts';
import { SelectField } from '../../forms/fields.tsx';
import { useLab, useLabState } from '../../hooks/lab.ts';
import { useOffer } from '../../hooks/offer.ts';
import { term, text as words } from '../../text.ts';
import type { RoomSection } from '../room.ts';
import { SweepCurve } from './SweepCurve.tsx';
import { SweepMap } from './SweepMap.tsx';
import { SweepTable, sweepSummary } from './SweepTable.tsx';
import './sweep.css';
import { sweepText as text } from './sweep.text.ts';

/** Metrics that most readers want beside the one they chose. */
const MULTIPLES = ['forgetAccuracy', 'retainTestAccuracy', 'forgetDistance', 'retainDistance'];
const FIRST = ['averageGap', 'retainDistance'];

interface Shown {
  readonly run: LabRun;
  readonly index: number;
  readonly catalogue: CatalogueInfo;
}

/** One metric of a swept run as a map or a curve. */
const Picture = ({
  run: shown,
  index,
  catalogue,
  metric,
  isSmall = false,
}: Shown & {
  readonly metric: string;
  readonly isSmall?: boolean;
}) => {
  const lab = useLab();
  const step = useLabState(({ view }) => view.step);
  const spread = useLabState(({ view }) => view.spread);
  const areSeedsShown = useLabState(({ view }) => view.areSeedsShown);
  const version = useSlowVersion();
  const [isTable, setIsTable] = useState(false);
  const { collector, scenario } = shown;
  // The run grows in place: its version says when the numbers are new.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const table = useMemo(
    () => sweepTable(collector, index, metric, step, spread),
    [collector, index, metric, step, spread, version],
  );
  const title = term(catalogue.metrics.find(({ id }) => id === metric)?.title ?? metric);
  const method = catalogue.methods.find(({ id }) => id === scenario.runs[index]?.method);
  const settings = runSettings(method, catalogue);
  const nameOf = (path: string): string => settings.get(path)?.symbol ?? term(settings.get(path)?.label ?? path);
  const take = ({ swept }: SweepCell): void => {
    const name = scenario.runs[index]?.name;
    lab.draft.edit((draft) => {
      const at = draft.runs.findIndex((run) => run.name === name);
      return at < 0 ? draft : takeSetting(at, swept)(draft);
    });
    lab.view.enter('compare');
  };
  const seeds = collector.seeds.length;
  const isKnown = table.cells.some(({ band }) => band !== null);
  const isCurve = isKnown && table.axes.length === 1;
  const name = nameOf(table.axes[0]?.path ?? '');
  return (
    <figure
      className={isSmall ? 'sweep__figure sweep__figure--small' : 'sweep__figure'}
      data-testid={`sweep-${metric}`}
    >
      <figcaption>
        <b>{title}</b>{' '}
        <span className="small muted">{table.retrained ? text.retrained(quantity(table.retrained.median)) : ''}</span>
        {isCurve ? (
          <span className="sweep__toggle">
            <TableToggle isTable={isTable} label={`${title}: ${words.charts.table}`} onToggle={setIsTable} />
          </span>
        ) : null}
      </figcaption>
      {isCurve ? <p className="hidden-text">{sweepSummary(table, name)}</p> : null}
      {isKnown ? null : <p className="small muted">{text.later}</p>}
      {isCurve && isTable ? <SweepTable table={table} name={name} metric={title} /> : null}
      {isCurve && !isTable ? <SweepCurve {...{ areSeedsShown, table, seeds, name, take }} /> : null}
      {isKnown && table.axes.length > 1 ? <SweepMap {...{ table, seeds, nameOf, take }} /> : null}
      {isSmall ? null : (
        <p className="small muted">
          <BandLegend seeds={seeds} /> {table.axes.length === 1 ? text.bandLegend : text.legend}
        </p>
      )}
    </figure>
  );
};

/** The first number that each run could sweep over. */
const Beginnings = ({ catalogue }: { readonly catalogue: CatalogueInfo }) => {
  const lab = useLab();
  const scenario = useLabState(({ draft }) => draft.scenario);
  const offers = (scenario?.runs ?? []).flatMap((run, index) => {
    const method = catalogue.methods.find(({ id }) => id === run.method);
    const knob = Object.entries(method?.params ?? {}).find(([, { kind }]) => kind === 'number');
    const path = knob ? `params.${knob[0]}` : method?.schedule === 'iterative' ? 'learningRate' : undefined;
    const spec = path === undefined ? undefined : runSettings(method, catalogue).get(path);
    return path !== undefined && spec ? [{ run, index, path, spec }] : [];
  });
  return (
    <>
      <p>{text.empty}</p>
      <div className="sweep__offers">
        {offers.slice(0, 6).map(({ run, index, path, spec }) => (
          <button
            key={run.name}
            type="button"
            className="button"
            onClick={() => lab.draft.edit(sweepSetting(index, path, startingSweep(spec, settingsOf(run)[path])))}
            data-testid={`sweep-start-${index}`}
          >
            {text.start(run.name, spec.symbol ?? term(spec.label))}
          </button>
        ))}
      </div>
    </>
  );
};

const Sweep = () => {
  const catalogue = useOffer();
  const shown = useLabState(({ run }) => run.shown);
  const [chosen, setChosen] = useState<string | null>(null);
  const [picked, setPicked] = useState<string | null>(null);
  if (!catalogue || !shown) return null;
  const swept = sweptRuns(shown.scenario);
  const [first] = swept;
  if (first === undefined) return <Beginnings catalogue={catalogue} />;
  const index = swept.find((at) => shown.scenario.runs[at]?.name === picked) ?? first;
  const ids = catalogue.metrics.map(({ id }) => id);
  const metric = chosen ?? FIRST.find((id) => ids.includes(id)) ?? (ids[0] as string);
  const common = { run: shown, index, catalogue };
  return (
    <div className="sweep">
      <div className="sweep__choice">
        {swept.length > 1 ? (
          <SelectField
            label={text.run}
            value={shown.scenario.runs[index]?.name ?? ''}
            options={swept.map((at) => {
              const name = shown.scenario.runs[at]?.name ?? '';
              return { value: name, label: name };
            })}
            onChange={setPicked}
            testId="sweep-run"
          />
        ) : null}
        <SelectField
          label={text.metric}
          value={metric}
          options={catalogue.metrics.map(({ id, title }) => ({ value: id, label: term(title) }))}
          onChange={setChosen}
          testId="sweep-metric"
        />
      </div>
      <Picture {...common} metric={metric} />
      <h3>{text.multiples}</h3>
      <div className="sweep__multiples">
        {MULTIPLES.filter((id) => ids.includes(id) && id !== metric).map((id) => (
          <Picture key={id} {...common} metric={id} isSmall />
        ))}
      </div>
    </div>
  );
};

export default {
  words: text,
  order: 50,
  isAvailable: ({ catalogue, run }) => catalogue !== null && run.shown !== null,
  Component: Sweep,
} satisfies RoomSection;
