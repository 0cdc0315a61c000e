import type { NamesSpec } from '../../engine/base/schema.ts';
import type { ShownQuestions } from '../../families/text/shown.ts';
import { readNames, writeNames } from '../../scenario/facts/read-facts.ts';
import { TextField } from '../forms/fields.tsx';
import { useLabState } from '../hooks/lab.ts';
import { useShownData } from '../pictures/panel-picture.ts';
import { term } from '../text.ts';
import { words } from './facts.text.ts';
import type { OwnTextProps } from './OwnText.tsx';

const NOBODY: readonly string[] = [];

/** Names as text, and a list of those that there are to choose from. */
export const NamesField = ({ spec, value, onChange, testId }: OwnTextProps & { readonly spec: NamesSpec }) => {
  const shown = useShownData()?.shown;
  const authors = shown?.kind === 'questions' ? (shown as ShownQuestions).authors : NOBODY;
  const isPerSeed = useLabState(({ draft }) => draft.scenario?.data.seed === 'lane' && draft.scenario.seeds.length > 1);
  const { names } = readNames(value, spec);
  const read = (typed: string): string | null => {
    const { names: typedNames, faults } = readNames(typed, spec);
    return faults.length > 0 ? null : writeNames(typedNames);
  };
  return (
    <>
      <TextField
        label={term(spec.label)}
        help={term(spec.help)}
        value={value}
        read={read}
        write={(names) => names}
        lines={2}
        onChange={onChange}
        testId={testId}
      />
      <div className="field">
        <label className="field__label">
          {words.add}
          <select
            className="field__select"
            value=""
            onChange={(event) => onChange(writeNames([...names, event.target.value]))}
            data-testid={`${testId}-add`}
          >
            <option value="">{words.choice}</option>
            {authors
              .filter((author) => !names.includes(author))
              .map((author) => (
                <option key={author} value={author}>
                  {author}
                </option>
              ))}
          </select>
        </label>
      </div>
      {isPerSeed ? <p className="small muted">{words.some}</p> : null}
    </>
  );
};
