import { useId } from 'react';
import type { CatalogueInfo } from '../../../scenario/format/catalogue.ts';
import { caps } from '../../../scenario/format/defaults.ts';
import { runSettings } from '../../../scenario/format/settings.ts';
import {
  type Tournament,
  tournamentCaps,
  tournamentDefaults,
  usualMethods,
} from '../../../scenario/tournament/tournament.ts';
import { FlagField, SelectField, TextField } from '../../forms/fields.tsx';
import { readIndices, writeIndices } from '../../forms/lists.ts';
import { NumberField } from '../../forms/NumberField.tsx';
import { picksOf } from '../../forms/recipes.ts';
import { useLab } from '../../hooks/lab.ts';
import { Icon } from '../../shell/Icon.tsx';
import { term } from '../../text.ts';
import { tournamentText as text } from './tournament.text.ts';

interface Props {
  readonly tournament: Tournament;
  readonly catalogue: CatalogueInfo;
}

type Raw = Readonly<Record<string, unknown>>;

const methodsIn = (fields: Raw): readonly Raw[] => fields['methods'] as readonly Raw[];

/** What settings are called in forms. */
const labelsOf = (method: string, paths: readonly string[], catalogue: CatalogueInfo): readonly string[] => {
  const settings = runSettings(
    catalogue.methods.find(({ id }) => id === method),
    catalogue,
  );
  return paths.map((path) => term(settings.get(path)?.label ?? path).toLowerCase());
};

const Methods = ({ tournament, catalogue }: Props) => {
  const lab = useLab();
  const picks = picksOf(catalogue.methods).filter(({ recipe }) => !recipe?.isDerived);
  const own = tournament.methods.filter(({ isBaseline }) => !isBaseline);
  const baselines = tournament.methods.filter(({ isBaseline }) => isBaseline).map(({ run }) => run.name);
  const add = (id: string): void => {
    const pick = picks.find((one) => one.id === id);
    if (!pick) return;
    const { method, recipe, short } = pick;
    const taken = tournament.methods.map(({ run }) => run.name);
    let name = short;
    for (let n = 2; taken.includes(name); n++) name = `${short} ${n}`;
    const model = tournament.methods[0]?.run;
    const raw: Raw = {
      name,
      method: method.id,
      params: { ...recipe?.params },
      ...(recipe?.retain && { retain: recipe.retain }),
      ...(recipe?.mask && { mask: recipe.mask }),
      ...(recipe?.wrappers && { wrappers: recipe.wrappers }),
      ...(model && {
        optimizer: model.optimizer,
        learningRate: model.learningRate,
        steps: model.steps,
        batchSize: model.batchSize,
      }),
    };
    lab.tournament.edit((fields) => ({ ...fields, methods: [...methodsIn(fields), raw] }));
  };
  const most = tournamentCaps.methods;
  return (
    <fieldset className="tournament__group">
      <legend>{text.methods}</legend>
      <ul className="tournament__methods">
        {own.map(({ run, search }) => (
          <li key={run.name}>
            <span>
              <b>{run.name}</b>{' '}
              <span className="small muted">{text.tunes(labelsOf(run.method, Object.keys(search), catalogue))}</span>
            </span>
            <button
              type="button"
              className="button button--plain button--icon"
              aria-label={text.remove(run.name)}
              onClick={() =>
                lab.tournament.edit((fields) => ({
                  ...fields,
                  methods: methodsIn(fields).filter((one) => one['name'] !== run.name),
                }))
              }
            >
              <Icon name="close" />
            </button>
          </li>
        ))}
      </ul>
      <p className="small muted">{text.methodsNote(baselines.join(', '))}</p>
      {tournament.methods.length < most ? (
        <SelectField
          label={text.add}
          value=""
          options={[
            { value: '', label: text.pick },
            ...picks.map(({ id, title }) => ({ value: id, label: term(title) })),
          ]}
          onChange={add}
          testId="tournament-add"
        />
      ) : null}
      <div className="tournament__buttons">
        <button
          type="button"
          className="button"
          onClick={() => lab.tournament.edit((fields) => ({ ...fields, methods: usualMethods(catalogue) }))}
          data-testid="tournament-usual"
        >
          {text.usual}
        </button>
        <button type="button" className="button" onClick={lab.tournament.reset} data-testid="tournament-reset">
          {text.reset}
        </button>
      </div>
    </fieldset>
  );
};

const readSeeds = (typed: string): readonly number[] | null => {
  const seeds = readIndices(typed);
  return seeds && seeds.length <= caps.seeds ? seeds : null;
};

const Seeds = ({ tournament }: Pick<Props, 'tournament'>) => {
  const lab = useLab();
  const field = (name: 'tuningSeeds' | 'reportingSeeds') => {
    const other = tournament[name === 'tuningSeeds' ? 'reportingSeeds' : 'tuningSeeds'];
    return (
      <TextField
        label={name === 'tuningSeeds' ? text.tuning : text.reporting}
        help={name === 'tuningSeeds' ? text.overlap : text.seedsHelp}
        value={tournament[name]}
        write={writeIndices}
        read={(typed) => {
          const seeds = readSeeds(typed);
          return seeds?.some((seed) => other.includes(seed)) ? null : seeds;
        }}
        onChange={(seeds) => lab.tournament.edit((fields) => ({ ...fields, [name]: seeds }))}
        testId={`tournament-${name}`}
      />
    );
  };
  return (
    <fieldset className="tournament__group">
      <legend>{text.seeds}</legend>
      {field('tuningSeeds')}
      {field('reportingSeeds')}
      <FlagField
        label={text.redraw}
        help={text.redrawHelp}
        value={tournament.redraw}
        onChange={(redraw) => lab.tournament.edit((fields) => ({ ...fields, redraw }))}
        testId="tournament-redraw"
      />
    </fieldset>
  );
};

const Budget = ({ tournament }: Pick<Props, 'tournament'>) => {
  const lab = useLab();
  const { budget, test } = tournament;
  const set = (name: keyof typeof budget) => (value: number) =>
    lab.tournament.edit((fields) => ({ ...fields, budget: { ...budget, [name]: value } }));
  return (
    <fieldset className="tournament__group">
      <legend>{text.budget}</legend>
      <NumberField
        label={text.configurations}
        help={text.configurationsHelp}
        value={budget.configurations}
        range={{ min: 1, max: tournamentCaps.configurations, scale: 'int' }}
        onChange={set('configurations')}
        testId="tournament-configurations"
      />
      <NumberField
        label={text.visits}
        help={text.visitsHelp}
        value={budget.sampleVisits}
        range={{ min: 100, max: 10_000_000, scale: 'int' }}
        onChange={set('sampleVisits')}
        testId="tournament-visits"
      />
      <SelectField
        label={text.test}
        help={text.testHelp}
        value={test}
        options={(['t', 'sign-flip'] as const).map((value) => ({ value, label: text.tests[value] }))}
        onChange={(value) => lab.tournament.edit((fields) => ({ ...fields, test: value }))}
        testId="tournament-test"
      />
    </fieldset>
  );
};

/** Metrics that decide most often; the others are folded away. */
const USUAL: readonly string[] = [...tournamentDefaults.selection, 'forgetDistance', 'retainDistance', 'averageGap'];

const Selection = ({ tournament, catalogue }: Props) => {
  const lab = useLab();
  const id = useId();
  const { selection } = tournament;
  const offered = catalogue.metrics.filter(({ unit }) => unit !== 'flag');
  const isUsual = (metric: { readonly id: string }): boolean =>
    USUAL.includes(metric.id) || selection.includes(metric.id);
  const choice = (metric: CatalogueInfo['metrics'][number]) => (
    <label key={metric.id} title={term(metric.summary)}>
      <input
        type="checkbox"
        checked={selection.includes(metric.id)}
        disabled={selection.length === 1 && selection[0] === metric.id}
        onChange={(event) => {
          const next = event.target.checked ? [...selection, metric.id] : selection.filter((one) => one !== metric.id);
          lab.tournament.edit((fields) => ({ ...fields, selection: next }));
        }}
        data-testid={`tournament-metric-${metric.id}`}
      />
      {term(metric.title)}
    </label>
  );
  return (
    <fieldset className="tournament__group" aria-describedby={id}>
      <legend>{text.metrics}</legend>
      <p id={id} className="small muted">
        {text.metricsHelp}
      </p>
      <div className="tournament__metrics">{offered.filter(isUsual).map(choice)}</div>
      <details>
        <summary>{text.moreMetrics}</summary>
        <div className="tournament__metrics">{offered.filter((metric) => !isUsual(metric)).map(choice)}</div>
      </details>
    </fieldset>
  );
};

/** Everything that is decided before anything is computed. */
export const TournamentForm = ({ tournament, catalogue }: Props) => (
  <div className="tournament__form" data-testid="tournament-form">
    <Methods tournament={tournament} catalogue={catalogue} />
    <Budget tournament={tournament} />
    <div className="tournament__group">
      <Seeds tournament={tournament} />
      <Selection tournament={tournament} catalogue={catalogue} />
    </div>
  </div>
);
