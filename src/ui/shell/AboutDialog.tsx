import { useEffect, useState } from 'react';
import { text } from '../text.ts';
import { Dialog } from './Dialog.tsx';
import '../theme/about.css';

/** A package of the built page, as the build lists it in licenses.json. */
interface Entry {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly text: string;
}

/** What this is, whether it works offline, and the licenses of everything it is made of. */
export const AboutDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const [entries, setEntries] = useState<readonly Entry[] | 'missing' | null>(null);
  useEffect(() => {
    fetch('./licenses.json')
      .then((response) => (response.ok ? response.json() : 'missing'))
      .then(setEntries, () => setEntries('missing'));
  }, []);
  const isStored = Boolean(navigator.serviceWorker?.controller);
  return (
    <Dialog title={text.about.title} onClose={onClose} testId="about-dialog">
      <p>{text.about.lead}</p>
      <p data-testid="about-offline" data-stored={isStored}>
        {isStored ? text.about.offline.yes : text.about.offline.no}
      </p>
      <h3>{text.about.licenses}</h3>
      {entries === null ? <p>{text.about.loading}</p> : null}
      {entries === 'missing' ? <p>{text.about.missing}</p> : null}
      {Array.isArray(entries) ? (
        <ul className="licenses" data-testid="licenses">
          {entries.map(({ name, version, license, text: words }: Entry) => (
            <li key={`${name} ${version}`}>
              <details>
                <summary>
                  {name} {version} <span className="muted">{license}</span>
                </summary>
                <pre className="licenses__text">{words}</pre>
              </details>
            </li>
          ))}
        </ul>
      ) : null}
    </Dialog>
  );
};
