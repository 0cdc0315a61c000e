import { text } from '../text.ts';
import { Dialog } from './Dialog.tsx';

export const ShortcutsDialog = ({ onClose }: { readonly onClose: () => void }) => (
  <Dialog title={text.shortcuts.title} onClose={onClose} testId="shortcuts-dialog">
    <dl className="shortcuts">
      {text.shortcuts.rows.map(([keys, action]) => (
        <div key={keys} className="shortcuts__row">
          <dt>
            {keys.split(' ').map((key) => (
              <kbd key={key}>{key}</kbd>
            ))}
          </dt>
          <dd>{action}</dd>
        </div>
      ))}
    </dl>
    <p className="small muted">{text.shortcuts.note}</p>
  </Dialog>
);
