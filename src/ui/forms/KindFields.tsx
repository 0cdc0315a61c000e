import type { KindInfo } from '../../scenario/format/catalogue.ts';
import type { NetworkSpec, RuleSpec } from '../../scenario/format/scenario.ts';
import { kindBy, setAt, setParam } from '../../store/draft/edits.ts';
import { useLab } from '../hooks/lab.ts';
import { term } from '../text.ts';
import { SelectField } from './fields.tsx';
import { ParamForm } from './ParamForm.tsx';

interface Props {
  /** What is chosen, and where it stands in the scenario. */
  readonly spec: RuleSpec | NetworkSpec;
  readonly place: 'forget' | 'model';
  readonly kinds: readonly KindInfo[];
  readonly label: string;
  /** What may stand in place of one of the kinds. */
  readonly other?: { readonly id: string; readonly label: string; readonly choose: () => void };
}

/** A rule or a network that its family describes by a schema: which one, and its settings. */
export const KindFields = ({ spec, place, kinds, label, other }: Props) => {
  const lab = useLab();
  const info = kinds.find(({ id }) => id === spec.id);
  const choose = (id: string) => {
    if (other && id === other.id) other.choose();
    const next = kinds.find((one) => one.id === id);
    if (next) lab.draft.edit(setAt([place], kindBy(spec.kind, next)));
  };
  return (
    <>
      <SelectField
        label={label}
        help={info && term(info.summary)}
        value={spec.id}
        options={[
          ...kinds.map(({ id, title }) => ({ value: id, label: term(title) })),
          ...(other ? [{ value: other.id, label: other.label }] : []),
        ]}
        onChange={choose}
        testId={`${place}-kind`}
      />
      {info ? (
        <ParamForm
          schema={info.params}
          values={spec.params}
          onChange={(name, value) =>
            lab.draft.edit(setParam([place, 'params', name], value), `${place}.params.${name}`)
          }
          testId={place}
        />
      ) : null}
    </>
  );
};
