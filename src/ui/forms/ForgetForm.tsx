import type { CatalogueInfo } from '../../scenario/format/catalogue.ts';
import { caps } from '../../scenario/format/defaults.ts';
import type { ForgetSpec, InlineParams, Scenario, SelectorSpec } from '../../scenario/format/scenario.ts';
import { kindBy, paramOr, selectedBy, setAt, startingForget } from '../../store/draft/edits.ts';
import { EditButton } from '../edit/EditButton.tsx';
import { useLab, useLabState } from '../hooks/lab.ts';
import { useOffer } from '../hooks/offer.ts';
import { term, text } from '../text.ts';
import { className } from '../theme/palette.ts';
import { SeedField } from './DataForm.tsx';
import { SelectField, TextField } from './fields.tsx';
import { KindFields } from './KindFields.tsx';
import { readIndices, writeIndices } from './lists.ts';
import { NumberField } from './NumberField.tsx';
import { ParamForm } from './ParamForm.tsx';
import { middleOf, RegionFields, shownExtent } from './RegionFields.tsx';
import { Section } from './Section.tsx';

/** A number that a generator fixes, or leaves to one of its parameters. */
const resolved = (source: number | string | undefined, params: Readonly<Record<string, unknown>>): number =>
  typeof source === 'string' ? Number(paramOr(params, source, 0)) : (source ?? 0);

/** How many classes and inputs the data of a scenario have, as its generator says. */
const shapeOf = (scenario: Scenario, catalogue: CatalogueInfo) => {
  const { data } = scenario;
  if (data.generator === 'inline') {
    const { train } = data.params as InlineParams;
    const inputs = train.x[0]?.length ?? 2;
    return { classes: Math.max(1, ...train.y) + 1, inputs, components: [], points: train.y.length };
  }
  const info = catalogue.generators.find(({ id }) => id === data.generator);
  const params = data.params as Readonly<Record<string, unknown>>;
  return {
    classes: resolved(info?.classes, params), // a spare class has nothing to forget
    inputs: resolved(info?.inputs, params),
    components: info?.components ?? [],
    points: caps.points,
  };
};

type Shape = ReturnType<typeof shapeOf>;

const kindsFor = ({ inputs, components }: Shape, current: ForgetSpec['kind']): readonly ForgetSpec['kind'][] => {
  const kinds: ForgetSpec['kind'][] = ['class', 'random', 'indices'];
  if (inputs === 2 || current === 'region') kinds.push('region');
  if (components.length > 0 || current === 'component') kinds.push('component');
  kinds.push('selector');
  return kinds;
};

const ClassField = ({ label, classes }: { readonly label: number; readonly classes: number }) => {
  const lab = useLab();
  return (
    <SelectField
      label={text.forget.label}
      value={String(label)}
      options={Array.from({ length: Math.max(classes, label + 1) }, (_, i) => ({
        value: String(i),
        label: className(i),
      }))}
      onChange={(value) => lab.draft.edit(setAt(['forget', 'label'], Number(value)))}
      testId="forget-class"
    />
  );
};

const SelectorFields = ({ forget, shape }: { readonly forget: SelectorSpec; readonly shape: Shape }) => {
  const lab = useLab();
  const selectors = useLabState((state) => state.catalogue?.selectors ?? []);
  const info = selectors.find(({ id }) => id === forget.id);
  const choose = (id: string) => {
    const next = selectors.find((one) => one.id === id);
    if (next) lab.draft.edit(setAt(['forget'], selectedBy(next, forget.count)));
  };
  return (
    <>
      <SelectField
        label={text.forget.selector}
        help={[info && term(info.summary), text.forget.selectorHelp].filter(Boolean).join(' ')}
        value={forget.id}
        options={selectors.map(({ id, title }) => ({ value: id, label: term(title) }))}
        onChange={choose}
        testId="forget-selector"
      />
      <NumberField
        label={text.forget.count}
        value={forget.count}
        range={{ min: 1, max: Math.min(1000, shape.points - 1), scale: 'int' }}
        onChange={(count) => lab.draft.edit(setAt(['forget', 'count'], count), 'forget.count')}
        testId="forget-count"
      />
      {info ? (
        <ParamForm
          schema={info.params}
          values={forget.params}
          onChange={(name, value) => lab.draft.edit(setAt(['forget', 'params', name], value), `forget.params.${name}`)}
          testId="forget"
        />
      ) : null}
    </>
  );
};

const Fields = ({ forget, shape }: { readonly forget: ForgetSpec; readonly shape: Shape }) => {
  const lab = useLab();
  const fraction = (value: number, label: string) => (
    <NumberField
      label={label}
      value={value}
      range={{ min: 0.01, max: 1, scale: 'linear' }}
      onChange={(next) => lab.draft.edit(setAt(['forget', 'fraction'], next), 'forget.fraction')}
      testId="forget-fraction"
    />
  );
  switch (forget.kind) {
    case 'class':
      return <ClassField label={forget.label} classes={shape.classes} />;
    case 'random':
      return (
        <>
          {fraction(forget.fraction, text.forget.fraction)}
          <SeedField label={text.forget.seed} value={forget.seed} path={['forget', 'seed']} testId="forget-seed" />
        </>
      );
    case 'indices':
      return (
        <TextField
          label={text.forget.indices}
          help={text.forget.indicesHelp}
          value={forget.indices}
          read={readIndices}
          write={writeIndices}
          lines={3}
          onChange={(indices) => lab.draft.edit(setAt(['forget', 'indices'], indices))}
          testId="forget-indices"
        />
      );
    case 'region':
      return <RegionFields region={forget} />;
    case 'rule':
      return null;
    case 'selector':
      return <SelectorFields forget={forget} shape={shape} />;
    case 'component':
      return (
        <>
          <SelectField
            label={text.forget.component}
            value={forget.name}
            options={shape.components.map((name) => ({ value: name, label: name }))}
            onChange={(name) => lab.draft.edit(setAt(['forget', 'name'], name))}
          />
          {fraction(forget.fraction, text.forget.componentFraction)}
          <SeedField label={text.forget.seed} value={forget.seed} path={['forget', 'seed']} testId="forget-seed" />
        </>
      );
  }
};

/** Which points are to be forgotten. */
export const ForgetForm = ({ scenario }: { readonly scenario: Scenario }) => {
  const lab = useLab();
  const catalogue = useOffer();
  const points = useLabState(({ run }) => run.shown?.points.values().next().value);
  const extent = useLabState(shownExtent);
  if (!catalogue) return null;
  const rules = catalogue.own?.rules;
  if (rules) {
    const { forget } = scenario;
    return (
      <Section title={text.forget.heading} isOpen testId="forget-form">
        {forget.kind === 'region' ? (
          <>
            <SelectField
              label={text.forget.kind}
              value="region"
              options={[
                ...rules.map(({ id, title }) => ({ value: id, label: term(title) })),
                { value: 'region', label: text.forget.kinds.region },
              ]}
              onChange={(id) => {
                const rule = rules.find((one) => one.id === id);
                if (rule) lab.draft.edit(setAt(['forget'], kindBy('rule', rule)));
              }}
              testId="forget-kind"
            />
            <RegionFields region={forget} />
          </>
        ) : forget.kind === 'rule' ? (
          <KindFields
            spec={forget}
            place="forget"
            kinds={rules}
            label={text.forget.kind}
            {...(catalogue.own?.regions && {
              other: {
                id: 'region',
                label: text.forget.kinds.region,
                choose: () => lab.draft.edit(setAt(['forget'], { kind: 'region', polygon: middleOf(extent) })),
              },
            })}
          />
        ) : null}
      </Section>
    );
  }
  const shape = shapeOf(scenario, catalogue);
  return (
    <Section title={text.forget.heading} isOpen testId="forget-form">
      <SelectField
        label={text.forget.kind}
        value={scenario.forget.kind}
        options={kindsFor(shape, scenario.forget.kind).map((kind) => ({ value: kind, label: text.forget.kinds[kind] }))}
        onChange={(kind) =>
          lab.draft.edit(
            setAt(
              ['forget'],
              startingForget(kind as ForgetSpec['kind'], points, { ...shape, selectors: catalogue.selectors }),
            ),
          )
        }
        testId="forget-kind"
      />
      <Fields forget={scenario.forget} shape={shape} />
      <EditButton purpose="forget" />
    </Section>
  );
};
