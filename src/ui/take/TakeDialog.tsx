import { useMemo, useRef, useState } from 'react';
import { bibtexOf, citedIn } from '../../scenario/files/bibtex.ts';
import type { Lab } from '../../store/lab.ts';
import { useLab, useLabState } from '../hooks/lab.ts';
import { useOffer } from '../hooks/offer.ts';
import { useThemeName } from '../hooks/theme.ts';
import { pictureOf } from '../pictures/registry.ts';
import { shareAddress } from '../shell/address.ts';
import { Dialog } from '../shell/Dialog.tsx';
import { fileName, saveFile } from '../shell/files.ts';
import { text } from '../text.ts';
import { Pytorch } from './Pytorch.tsx';
import { takePicture } from './picture.ts';
import { Weights } from './Weights.tsx';
import './take.css';

/** Sharp in print and on dense screens. */
const SCALE = 3;

/** Everything on the page that says it can be taken. */
const takable = (): readonly HTMLElement[] => [...document.querySelectorAll<HTMLElement>('[data-take]')];

/** What a picture shows, for whoever finds it without the page. */
const captionOf = (lab: Lab, target: HTMLElement): readonly string[] => {
  const { run, view } = lab.store.getState();
  if (!run.shown) return [];
  const { collector, points, scenario } = run.shown;
  const { title } = scenario;
  // A panel is of one seed, a chart of all.
  const shown = points.has(view.seed) ? view.seed : (collector.shownSeed ?? view.seed);
  const seeds = target.dataset['panel'] === undefined ? scenario.seeds : [shown];
  const checksum = lab.link.checksum();
  return [
    `${text.take.caption(title || text.file.untitled, view.step, seeds.join(', '))}${checksum ? ` ${text.take.checksum(checksum)}` : ''}`,
    // A link is of the settings, which may be others than those of what is on screen.
    run.isStale ? text.take.stale : shareAddress(lab, { step: view.step }).url,
  ];
};

/** Resolves when the page has been drawn in its new colors, canvases too. */
const drawn = (): Promise<void> =>
  new Promise((resolve) => {
    requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));
  });

const Pictures = () => {
  const lab = useLab();
  const [targets] = useState(takable);
  const [problem, setProblem] = useState('');
  const [isLight, setIsLight] = useState(false);
  const isDark = useThemeName() === 'dark';
  const save = async (target: HTMLElement, format: 'PNG' | 'SVG'): Promise<void> => {
    const { theme } = lab.store.getState().view;
    const isTurned = isDark && isLight;
    try {
      if (isTurned) {
        lab.view.setTheme('light');
        await drawn();
      }
      const title = lab.store.getState().run.shown?.scenario.title ?? '';
      const name = fileName(`${title} ${target.dataset['take']}`, `.${format.toLowerCase()}`);
      const picture = takePicture(target, captionOf(lab, target));
      if (format === 'SVG') saveFile(name, 'image/svg+xml', picture.svg());
      else saveFile(name, 'image/png', await picture.png(SCALE));
      setProblem('');
    } catch (thrown) {
      setProblem(text.take.failed(thrown instanceof Error ? thrown.message : String(thrown)));
    } finally {
      if (isTurned) lab.view.setTheme(theme);
    }
  };
  if (targets.length === 0) return <p>{text.take.none}</p>;
  return (
    <>
      <p className="small muted">{text.take.lead}</p>
      {isDark || isLight ? (
        <p>
          <label className="take__light">
            <input
              type="checkbox"
              checked={isLight}
              onChange={(event) => setIsLight(event.target.checked)}
              data-testid="take-light"
            />{' '}
            {text.take.light}
          </label>
        </p>
      ) : null}
      <ul className="take__list">
        {targets.map((target) => {
          const name = target.dataset['take'] ?? '';
          return (
            <li key={name} className="take__item">
              <span className="take__name">{name}</span>
              {(['PNG', 'SVG'] as const).map((format) => (
                <button
                  key={format}
                  type="button"
                  className="button"
                  aria-label={text.take.save(format, name)}
                  onClick={() => void save(target, format)}
                  data-testid={`take-${format.toLowerCase()}`}
                  data-of={name}
                >
                  {format}
                </button>
              ))}
            </li>
          );
        })}
      </ul>
      <p role="alert">{problem}</p>
    </>
  );
};

const Citations = () => {
  const field = useRef<HTMLTextAreaElement>(null);
  const catalogue = useOffer();
  const scenario = useLabState((state) => state.draft.scenario);
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle');
  const bibtex = useMemo(
    () => (catalogue && scenario ? bibtexOf(citedIn(scenario, catalogue)) : ''),
    [catalogue, scenario],
  );
  if (bibtex === '') return <p>{text.take.noCitations}</p>;
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(bibtex);
      setState('copied');
    } catch {
      field.current?.select();
      setState('failed');
    }
  };
  return (
    <>
      <p className="small muted">{text.take.citationsLead}</p>
      <textarea
        ref={field}
        className="field__text take__bibtex"
        rows={10}
        readOnly
        value={bibtex}
        aria-label={text.take.citations}
        data-testid="bibtex"
      />
      <div className="dialog__actions">
        <span role="status" className="small">
          {state === 'copied' ? `${text.take.copied} ✓` : state === 'failed' ? text.take.copyFailed : ''}
        </span>
        <button type="button" className="button" onClick={() => void copy()} data-testid="copy-bibtex">
          {text.take.copy}
        </button>
        <button
          type="button"
          className="button"
          onClick={() => saveFile(fileName(scenario?.title ?? '', '.bib'), 'application/x-bibtex', bibtex)}
          data-testid="save-bibtex"
        >
          {text.take.saveBib}
        </button>
      </div>
    </>
  );
};

interface Props {
  readonly onClose: () => void;
  /** Only what can be taken of this run, by its name. */
  readonly run?: string;
}

/** Every picture on the page as PNG and SVG, the weights of every model, runs as scripts, and the papers as BibTeX. */
export const TakeDialog = ({ onClose, run }: Props) => {
  const { Take } = pictureOf(useLabState((state) => state.run.shown?.scenario.family));
  return (
    <Dialog
      title={run === undefined ? text.take.title : text.take.ofRunTitle(run)}
      onClose={onClose}
      testId="take-dialog"
    >
      {run === undefined ? (
        <>
          <h3>{text.take.pictures}</h3>
          <Pictures />
        </>
      ) : null}
      <h3>{text.take.pytorch}</h3>
      <Pytorch of={run} />
      <h3>{text.take.weights}</h3>
      <Weights of={run} />
      {Take && run === undefined ? <Take /> : null}
      {run === undefined ? (
        <>
          <h3>{text.take.citations}</h3>
          <Citations />
        </>
      ) : null}
    </Dialog>
  );
};
