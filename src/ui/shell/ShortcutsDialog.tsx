import { useLab, useLabState } from '../hooks/lab.ts';
import { SHORTCUTS, type Shortcut } from '../keys.ts';
import { term, text } from '../text.ts';
import { Dialog } from './Dialog.tsx';

const Rows = ({ of }: { readonly of: readonly Shortcut[] }) => (
  <dl className="shortcuts">
    {of.map(({ name, keys }) => (
      <div key={name} className="shortcuts__row">
        <dt>
          {keys.map((key) => (
            <kbd key={key}>{key.split(' ').map(term).join(' ')}</kbd>
          ))}
        </dt>
        <dd>{text.shortcuts.names[name]}</dd>
      </div>
    ))}
  </dl>
);

/** Every key of the page: the sheet is made from what is done. */
export const ShortcutsDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const lab = useLab();
  const keys = useLabState((state) => state.view.keys);
  return (
    <Dialog title={text.shortcuts.title} onClose={onClose} testId="shortcuts-dialog">
      <Rows of={SHORTCUTS.filter(({ isLecture }) => isLecture !== true)} />
      <h3>{text.shortcuts.lecture}</h3>
      <Rows of={SHORTCUTS.filter(({ isLecture }) => isLecture === true)} />
      <label>
        <input
          type="checkbox"
          checked={keys === 'letters'}
          onChange={(event) => lab.view.setKeys(event.target.checked ? 'letters' : 'no-letters')}
          data-testid="letter-keys"
        />{' '}
        {text.shortcuts.letters}
      </label>
      <p className="small muted">{text.shortcuts.note}</p>
    </Dialog>
  );
};
