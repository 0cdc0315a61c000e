import type { MethodInfo } from '../../engine/contracts/method.ts';
import type { CatalogueInfo, OfferedWrapper } from '../../scenario/format/catalogue.ts';
import type { RunSpec } from '../../scenario/format/scenario.ts';
import { runSettings } from '../../scenario/format/settings.ts';
import { changeWrapper } from '../../store/draft/edits.ts';
import { useLab } from '../hooks/lab.ts';
import { term, text } from '../text.ts';
import { ParamForm } from './ParamForm.tsx';
import { SettingField } from './SettingField.tsx';

interface Props {
  readonly run: RunSpec;
  readonly index: number;
  readonly method: MethodInfo;
  readonly catalogue: CatalogueInfo;
  /** Settings that the run sweeps over. */
  readonly swept: readonly string[];
  /** Settings that are not what the method or recipe has by default. */
  readonly changed: ReadonlySet<string>;
  readonly edit: (path: readonly string[], value: unknown) => void;
  readonly testId: string;
}

/** The wrappers of a slot that may be chosen, and the one that stands there. */
interface Slot {
  readonly id: string;
  readonly none: string;
  readonly offered: readonly OfferedWrapper[];
  readonly own: OfferedWrapper | undefined;
}

/** What the method takes; also what a file has set and the method does not take, so that it can be taken away. */
const slotsOf = (run: RunSpec, method: MethodInfo, { wrappers }: CatalogueInfo): readonly Slot[] => {
  const isThere = ({ id }: OfferedWrapper) => run.wrappers.some(({ kind }) => kind === id);
  const shown = wrappers.filter((wrapper) => wrapper.methods.includes(method.id) || isThere(wrapper));
  const ids = [...new Set(shown.map(({ slot }) => slot.id))];
  return ids.map((id) => {
    const offered = shown.filter(({ slot }) => slot.id === id);
    return { id, none: offered[0]?.slot.none ?? 'none', offered, own: offered.find(isThere) };
  });
};

const SlotFields = ({
  slot,
  run,
  index,
  method,
  catalogue,
  swept,
  changed,
  edit,
  testId,
}: Props & { readonly slot: Slot }) => {
  const lab = useLab();
  const { id, none, offered, own } = slot;
  const first = own ?? (offered[0] as OfferedWrapper);
  const choice = runSettings(method, catalogue).get(`wrappers.${first.id}.kind`);
  if (choice?.kind !== 'choice') return null;
  const options = ['none', ...offered.map((wrapper) => wrapper.id)];
  const prefix = own && `wrappers.${own.id}.`;
  const except = prefix ? swept.filter((path) => path.startsWith(prefix)).map((path) => path.slice(prefix.length)) : [];
  const lacksRetain = own?.needsRetainTerm && run.retain.kind === 'none' && !method.needs.includes('retain');
  return (
    <>
      <SettingField
        spec={{ ...choice, options }}
        value={own?.id ?? 'none'}
        names={Object.fromEntries([['none', term(none)], ...offered.map((one) => [one.id, term(one.title)])])}
        onChange={(kind) => {
          const wrapper = offered.find((one) => one.id === kind);
          lab.draft.edit(changeWrapper(index, offered, wrapper), `${index}.wrappers.${id}`);
        }}
        isChanged={changed.has(`wrappers.${first.id}.kind`)}
        testId={`${testId}-${id}`}
      />
      {lacksRetain ? <p className="small">{text.runs.needsRetainTerm(own.short)}</p> : null}
      {own ? (
        <ParamForm
          schema={own.params}
          values={run.wrappers.find(({ kind }) => kind === own.id) ?? {}}
          except={except}
          isChanged={(name) => changed.has(`wrappers.${own.id}.${name}`)}
          onChange={(name, value) => edit(['wrappers', own.id, name], value)}
          testId={`${testId}-${id}`}
        />
      ) : null}
    </>
  );
};

/** What may be wrapped around a method, a choice for each slot. */
export const WrapperFields = (props: Props) => (
  <>
    {slotsOf(props.run, props.method, props.catalogue).map((slot) => (
      <SlotFields key={slot.id} {...props} slot={slot} />
    ))}
  </>
);
