import { caps } from '../../scenario/format/defaults.ts';
import { FlagField } from '../forms/fields.tsx';
import { NumberField } from '../forms/NumberField.tsx';
import { CLASS_TINTS, className } from '../theme/palette.ts';
import { editText } from './edit.text.ts';
import { POINT_TOOLS, TOOLS, type ToolId } from './stroke.ts';

/** Choices of the reader that are no part of the experiment. */
export interface Choices {
  readonly tool: ToolId;
  readonly label: number;
  /** Percent of the plane's width. */
  readonly size: number;
  readonly density: number;
  readonly isRegion: boolean;
}

interface Props {
  readonly choices: Choices;
  readonly onChange: (change: Partial<Choices>) => void;
  readonly classes: number;
  readonly isPlane: boolean;
}

const Tool = ({ id, chosen, onChoose }: { id: ToolId; chosen: boolean; onChoose: () => void }) => (
  <label className="editor__tool" data-chosen={chosen}>
    <input
      type="radio"
      name="editor-tool"
      className="hidden-text"
      checked={chosen}
      onChange={onChoose}
      data-testid={`tool-${id}`}
    />
    {editText.tools[id]}
  </label>
);

/** What the pointer or Space does. */
export const ToolPicker = ({ choices, onChange, isPlane }: Omit<Props, 'classes'>) => {
  const groups = { points: isPlane ? POINT_TOOLS : [], forget: TOOLS.filter((id) => !POINT_TOOLS.includes(id)) };
  return (
    <div className="editor__tools">
      {(['points', 'forget'] as const)
        .filter((group) => groups[group].length > 0)
        .map((group) => (
          <fieldset key={group} className="editor__group">
            <legend className="small muted">{editText.groups[group]}</legend>
            <div className="editor__segments">
              {groups[group].map((id) => (
                <Tool key={id} id={id} chosen={choices.tool === id} onChoose={() => onChange({ tool: id })} />
              ))}
            </div>
          </fieldset>
        ))}
    </div>
  );
};

const ClassPicker = ({ choices, onChange, classes }: Omit<Props, 'isPlane'>) => (
  <fieldset className="editor__group">
    <legend className="small muted">{editText.classes}</legend>
    <div className="editor__classes">
      {Array.from({ length: Math.min(caps.classes, Math.max(2, classes + 1)) }, (_, label) => (
        <label
          // biome-ignore lint/suspicious/noArrayIndexKey: a class is its index
          key={label}
          className="editor__class"
          data-chosen={choices.label === label}
        >
          <input
            type="radio"
            name="editor-class"
            className="hidden-text"
            checked={choices.label === label}
            onChange={() => onChange({ label })}
            data-testid={`paint-class-${label}`}
          />
          <svg viewBox="0 0 10 10" aria-hidden="true">
            <circle cx="5" cy="5" r="5" fill={CLASS_TINTS[label % CLASS_TINTS.length]} />
          </svg>
          {className(label)}
        </label>
      ))}
    </div>
  </fieldset>
);

/** The settings of the tool in hand. */
export const ToolSettingsForm = ({ choices, onChange, classes, isPlane }: Props) => {
  const { tool } = choices;
  return (
    <>
      <p className="editor__hint">{editText.hints[tool]}</p>
      {tool === 'paint' ? <ClassPicker choices={choices} onChange={onChange} classes={classes} /> : null}
      {tool === 'move' || tool === 'lasso' ? null : (
        <NumberField
          label={editText.size}
          help={editText.sizeHelp}
          value={choices.size}
          range={{ min: 1, max: 30, scale: 'linear' }}
          onChange={(size) => onChange({ size })}
          testId="brush-size"
        />
      )}
      {tool === 'paint' ? (
        <NumberField
          label={editText.density}
          help={editText.densityHelp}
          value={choices.density}
          range={{ min: 1, max: 40, scale: 'int' }}
          onChange={(density) => onChange({ density })}
          testId="brush-density"
        />
      ) : null}
      {tool === 'lasso' && isPlane ? (
        <FlagField
          label={editText.region}
          help={editText.regionHelp}
          value={choices.isRegion}
          onChange={(isRegion) => onChange({ isRegion })}
          testId="lasso-region"
        />
      ) : null}
    </>
  );
};
