import { caps } from '../../scenario/format/defaults.ts';
import type { InlineParams, Scenario } from '../../scenario/format/scenario.ts';
import { changeGenerator, setAt, setParam } from '../../store/draft/edits.ts';
import { CsvButton } from '../csv/CsvButton.tsx';
import { EditButton } from '../edit/EditButton.tsx';
import { useLab, useLabState } from '../hooks/lab.ts';
import { useOffer } from '../hooks/offer.ts';
import { term, text } from '../text.ts';
import { FlagField, SelectField } from './fields.tsx';
import { NumberField } from './NumberField.tsx';
import { ParamForm } from './ParamForm.tsx';
import { Section } from './Section.tsx';

const MOST_SEED = 9999;

/** A seed of a draw, or another draw for each seed. */
export const SeedField = ({
  label,
  value,
  path,
  testId,
}: {
  readonly label: string;
  readonly value: number | 'lane';
  readonly path: readonly string[];
  readonly testId: string;
}) => {
  const lab = useLab();
  return (
    <>
      {value === 'lane' ? null : (
        <NumberField
          label={label}
          value={value}
          range={{ min: 0, max: Math.max(MOST_SEED, value), scale: 'int' }}
          onChange={(seed) => lab.draft.edit(setAt(path, seed), path.join('.'))}
          testId={testId}
        />
      )}
      <FlagField
        label={text.data.perLane}
        value={value === 'lane'}
        onChange={(isPerLane) => lab.draft.edit(setAt(path, isPerLane ? 'lane' : 0))}
      />
    </>
  );
};

/** What the run on screen drew, in numbers. */
const Counts = () => {
  const counts = useLabState(({ run }) => {
    const points = run.shown?.points.values().next().value;
    return points ? text.data.count(points.y.length, points.test.y.length, points.forgetCount) : '';
  });
  return <p className="small muted side__counts">{counts}</p>;
};

/** The generator, its parameters and its seed. */
export const DataForm = ({ scenario }: { readonly scenario: Scenario }) => {
  const lab = useLab();
  const offer = useOffer();
  const generators = offer?.generators ?? [];
  const { data } = scenario;
  const info = generators.find(({ id }) => id === data.generator);
  const inline = data.generator === 'inline' ? (data.params as InlineParams) : null;
  const options = generators
    .filter(({ id }) => id !== 'inline')
    .map(({ id, title }) => ({ value: id, label: term(title) }));
  return (
    <Section title={text.data.heading} isOpen testId="data-form">
      <SelectField
        label={offer?.own ? text.data.source : text.data.generator}
        help={info && term(info.summary)}
        value={data.generator}
        options={inline ? [...options, { value: 'inline', label: text.data.inline }] : options}
        onChange={(id) => {
          const next = generators.find((one) => one.id === id);
          if (next) lab.draft.edit(changeGenerator(next));
        }}
        testId="generator"
      />
      {inline ? (
        <p className="small muted">
          {text.data.inlineNote(inline.train.y.length, Math.min(inline.test.y.length, caps.points))}
        </p>
      ) : null}
      {info ? (
        <ParamForm
          schema={info.params}
          values={data.params as Readonly<Record<string, unknown>>}
          onChange={(name, value) => lab.draft.edit(setParam(['data', 'params', name], value), `data.${name}`)}
          testId="data"
        />
      ) : null}
      {info && !inline ? (
        <SeedField label={text.data.seed} value={data.seed} path={['data', 'seed']} testId="data-seed" />
      ) : null}
      <Counts />
      {offer?.own ? null : (
        <>
          <EditButton purpose="data" />
          <CsvButton />
        </>
      )}
    </Section>
  );
};
