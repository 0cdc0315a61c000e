import type { Fault, WireError } from '../../engine/base/errors.ts';
import type { Repair } from '../../scenario/read/check.ts';
import type { Notice } from '../../store/contracts/state.ts';
import { isUnchanged } from '../../store/draft/history.ts';
import type { Lab } from '../../store/lab.ts';
import { useLab, useLabState } from '../hooks/lab.ts';
import { term, text } from '../text.ts';
import { Icon } from './Icon.tsx';

const Repairs = ({ repairs }: { readonly repairs: readonly Repair[] }) => (
  <details>
    <summary>{text.notices.more}</summary>
    <ul className="notice__list">
      {repairs.map(({ path, found, used, expected }) => (
        <li key={`${path} ${found}`}>{text.notices.repair(path, found, term(used), term(expected))}</li>
      ))}
    </ul>
  </details>
);

const Faults = ({ faults }: { readonly faults: readonly Fault[] }) =>
  faults.length === 0 ? null : (
    <ul className="notice__list">
      {faults.map(({ path, expected, found }) => (
        <li key={`${path} ${found}`}>{text.notices.fault(path, term(expected), found)}</li>
      ))}
    </ul>
  );

const isNewer = ({ code }: Pick<WireError, 'code'>): boolean => code.endsWith('/newer-version');

const body = (notice: Notice): React.ReactNode => {
  switch (notice.kind) {
    case 'repairs':
      return (
        <>
          <span>{text.notices.repairs[notice.source](notice.repairs.length)}</span>
          <Repairs repairs={notice.repairs} />
        </>
      );
    case 'bad-link':
      return notice.faults.length === 0 || isNewer(notice) ? (
        `${term(notice.message)} ${text.notices.badLink}`
      ) : (
        <>
          <span>{text.notices.faultyLink(notice.faults.length)}</span>
          <Faults faults={notice.faults} />
        </>
      );
    case 'bad-file':
      return (
        <>
          <span>
            {isNewer(notice)
              ? text.notices.newer
              : notice.faults.length === 0
                ? text.notices.badFile(notice.code)
                : text.notices.faultyFile(notice.faults.length)}
          </span>
          {notice.faults.length === 0 && notice.message !== '' ? (
            <ul className="notice__list">
              <li>{term(notice.message)}</li>
            </ul>
          ) : null}
          <Faults faults={notice.faults} />
        </>
      );
    case 'comparison':
      return notice.isSame ? (
        text.notices.same(notice.found)
      ) : (
        <>
          {text.notices.differs(notice.expected, notice.found)}{' '}
          {text.notices.causes[notice.cause ?? 'unknown'](notice.madeBy ?? '', notice.engine)}
        </>
      );
    case 'weights':
      return text.take.opened(notice.of, notice.step, notice.seeds.join(', '));
    case 'worker':
      return `${text.notices.workerFailed} ${term(notice.message)}`;
    case 'not-loaded':
      return text.notices.notLoaded;
    case 'foreign-rules':
      return text.notices.foreignRules(notice.titles.length, notice.titles.join(', '));
    case 'preset-changed':
      return text.notices.presetChanged;
    case 'quiet':
      return text.notices.quiet[notice.of];
    case 'reading':
    case 'unkept':
    case 'previous':
    case 'update':
      return text.notices[notice.kind];
  }
};

const toneOf = (notice: Notice): string => {
  if (notice.kind === 'comparison') return notice.isSame ? 'good' : 'warn';
  if (notice.kind === 'update' || notice.kind === 'reading' || notice.kind === 'previous' || notice.kind === 'weights')
    return 'good';
  return notice.kind === 'quiet' ||
    notice.kind === 'repairs' ||
    notice.kind === 'unkept' ||
    notice.kind === 'foreign-rules' ||
    notice.kind === 'preset-changed'
    ? 'warn'
    : 'bad';
};

/** What can be done about a notice. */
const actionOf = (notice: Notice, lab: Lab): { readonly word: string; readonly run: () => void } | null => {
  if (notice.kind === 'update') return { word: text.notices.applyUpdate, run: lab.update };
  if (notice.kind === 'quiet') {
    return notice.of === 'run'
      ? { word: text.notices.restart, run: lab.run.start }
      : { word: text.notices.reload, run: () => location.reload() };
  }
  if (notice.kind !== 'previous') return null;
  return { word: text.notices.openPrevious, run: () => lab.kept.open(notice.id) };
};

/** A large experiment of the reader's own says so, with the time it will take; what is shipped is taken as it comes. */
const LongRun = () => {
  const lab = useLab();
  const minutes = useLabState(({ run }) => (run.longMs === null ? null : Math.ceil(run.longMs / 60_000)));
  const isShipped = useLabState(({ draft }) => draft.base !== null && isUnchanged(draft));
  if (minutes === null || isShipped) return null;
  return (
    <div className="notice notice--plain" data-testid="notice-long">
      <div className="notice__text">{text.notices.long(Math.max(1, minutes) * 60_000)}</div>
      <button type="button" className="button" onClick={lab.run.stop}>
        {text.notices.stop}
      </button>
    </div>
  );
};

/** Why the run stopped, where the fault stands, and the way back. */
const Failure = () => {
  const lab = useLab();
  const error = useLabState((state) => state.run.error);
  const canUndo = useLabState((state) => state.draft.past.length > 0);
  if (!error) return null;
  return (
    <div className="notice notice--bad" role="alert" data-testid="failure">
      <div className="notice__text">
        <b>{text.notices.failed}</b> {error.faults.length === 0 ? `${term(error.message)} ` : ''}
        {text.notices.failedHint}
        <Faults faults={error.faults} />
      </div>
      {canUndo ? (
        <button type="button" className="button" onClick={lab.draft.undo}>
          {text.notices.undo}
        </button>
      ) : null}
    </div>
  );
};

/** Messages above the page. Nothing here is lost by closing it. */
export const Notices = () => {
  const lab = useLab();
  const notices = useLabState((state) => state.notices);
  return (
    <div className="notices" role="status" data-testid="notices">
      <Failure />
      <LongRun />
      {notices.map((notice) => {
        const action = actionOf(notice, lab);
        return (
          <div
            key={notice.kind}
            className={`notice notice--${toneOf(notice)}`}
            data-testid={`notice-${notice.kind}`}
            data-tone={toneOf(notice)}
          >
            <div className="notice__text">{body(notice)}</div>
            {action ? (
              <button type="button" className="button" onClick={action.run} data-testid={`act-${notice.kind}`}>
                {action.word}
              </button>
            ) : null}
            <button
              type="button"
              className="button button--plain button--icon"
              aria-label={text.notices.close}
              onClick={() => lab.notices.dismiss(notice)}
            >
              <Icon name="close" />
            </button>
          </div>
        );
      })}
    </div>
  );
};
