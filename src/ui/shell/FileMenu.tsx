import { Suspense, useId, useRef, useState } from 'react';
import { resultsFile } from '../../scenario/files/made-by.ts';
import { useLab, useLabState } from '../hooks/lab.ts';
import { text } from '../text.ts';
import { Boundary } from './Boundary.tsx';
import { fileName, resultsCsv, saveFile } from './files.ts';
import { Icon } from './Icon.tsx';
import { KeptExperiments } from './KeptExperiments.tsx';
import { LanguagePicker } from './LanguagePicker.tsx';
import { lazily } from './lazily.ts';

const AboutDialog = lazily(async () => (await import('./AboutDialog.tsx')).AboutDialog);
const TakeDialog = lazily(async () => (await import('../take/TakeDialog.tsx')).TakeDialog);

/** What else a menu offers, where the header has no room for it. */
export interface MenuAction {
  readonly label: string;
  readonly onClick: () => void;
  readonly isDisabled?: boolean;
  readonly keys?: string;
  readonly testId: string;
}

/** Saving and opening. Results can be had once a run has finished. */
export const FileMenu = ({ more }: { readonly more?: readonly MenuAction[] }) => {
  const lab = useLab();
  const id = useId();
  const menu = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const [isOpen, setIsOpen] = useState(false);
  const [isAbout, setIsAbout] = useState(false);
  const [isTaking, setIsTaking] = useState(false);
  const isDone = useLabState(({ run }) => run.shown?.collector.status === 'finished');
  const hide = (): void => menu.current?.hidePopover();
  const results = () => lab.store.getState().run.shown?.collector.results();
  const saveResults = (format: 'json' | 'csv'): void => {
    const found = results();
    hide();
    if (!found) return;
    const { title } = found.scenario;
    if (format === 'json') {
      saveFile(fileName(title, '-results.json'), 'application/json', resultsFile(found));
    } else {
      saveFile(fileName(title, '-results.csv'), 'text/csv', resultsCsv(found));
    }
  };
  const saveScenario = (): void => {
    const { scenario } = lab.store.getState().draft;
    hide();
    if (scenario) {
      saveFile(fileName(scenario.title, '.json'), 'application/json', `${JSON.stringify(scenario, null, 2)}\n`);
    }
  };
  return (
    <>
      <button
        type="button"
        className="button button--plain header__file"
        popoverTarget={id}
        aria-label={more ? text.header.menu : text.header.file}
        data-testid="file-menu"
      >
        <Icon name={more ? 'more' : 'file'} />
        <span className="header__word">{text.header.file}</span>
      </button>
      <div
        ref={menu}
        id={id}
        popover="auto"
        className="menu"
        onToggle={(event) => setIsOpen(event.newState === 'open')}
        data-testid="file-menu-items"
      >
        <button
          type="button"
          className="menu__item"
          disabled={!isDone}
          onClick={() => saveResults('json')}
          data-testid="save-json"
        >
          {text.file.json}
        </button>
        <button
          type="button"
          className="menu__item"
          disabled={!isDone}
          onClick={() => saveResults('csv')}
          data-testid="save-csv"
        >
          {text.file.csv}
        </button>
        {isDone ? null : <p className="menu__note small muted">{text.file.wait}</p>}
        <button
          type="button"
          className="menu__item"
          onClick={() => {
            hide();
            setIsTaking(true);
          }}
          data-testid="take-away"
        >
          {text.take.menu}
        </button>
        <button type="button" className="menu__item" onClick={saveScenario} data-testid="save-scenario">
          {text.file.scenario}
        </button>
        <button type="button" className="menu__item" onClick={() => input.current?.click()} data-testid="open-scenario">
          {text.file.open}
        </button>
        <input
          ref={input}
          type="file"
          accept=".json,.npz,application/json"
          hidden
          aria-label={text.file.open}
          onChange={(event) => {
            const file = event.target.files?.[0];
            event.target.value = '';
            hide();
            if (file) void lab.draft.openFile(file);
          }}
          data-testid="scenario-file"
        />
        {isOpen ? <KeptExperiments onOpen={hide} /> : null}
        {more?.map(({ label, onClick, isDisabled = false, keys, testId }) => (
          <button
            key={testId}
            type="button"
            className="menu__item"
            disabled={isDisabled}
            aria-keyshortcuts={keys}
            onClick={() => {
              hide();
              onClick();
            }}
            data-testid={`menu-${testId}`}
          >
            {label}
          </button>
        ))}
        <LanguagePicker />
        <button
          type="button"
          className="menu__item"
          onClick={() => {
            hide();
            setIsAbout(true);
          }}
          data-testid="about"
        >
          {text.file.about}
        </button>
      </div>
      {isTaking ? (
        <Boundary>
          <Suspense>
            <TakeDialog onClose={() => setIsTaking(false)} />
          </Suspense>
        </Boundary>
      ) : null}
      {isAbout ? (
        <Boundary>
          <Suspense>
            <AboutDialog onClose={() => setIsAbout(false)} />
          </Suspense>
        </Boundary>
      ) : null}
    </>
  );
};
