import { useLab } from '../hooks/lab.ts';
import { isolated } from '../text/isolate.ts';
import { term, text } from '../text.ts';

/** More than this is a list to search in, not one to choose from. */
const MOST = 6;

const timeOf = (ms: number): string => {
  const saved = new Date(ms);
  const isToday = saved.toDateString() === new Date().toDateString();
  return saved.toLocaleString(
    document.documentElement.lang,
    isToday ? { timeStyle: 'short' } : { dateStyle: 'medium', timeStyle: 'short' },
  );
};

/** The reader's experiments of other tabs and times, to open again. */
export const KeptExperiments = ({ onOpen }: { readonly onOpen: () => void }) => {
  const lab = useLab();
  const kept = lab.kept.list().slice(0, MOST);
  if (kept.length === 0) return null;
  return (
    <div className="menu__group" data-testid="kept">
      <p className="menu__note small muted">{text.file.kept}</p>
      {kept.map(({ id, title, savedMs, runs }) => (
        <button
          key={id}
          type="button"
          className="menu__item"
          onClick={() => {
            onOpen();
            lab.kept.open(id);
          }}
          data-testid="kept-experiment"
        >
          {title === '' ? text.file.untitled : term(title)}
          <span className="menu__detail small muted">
            {timeOf(savedMs)} · {runs.map(isolated).join(', ')}
          </span>
        </button>
      ))}
      <p className="menu__note small muted">{text.file.keptNote}</p>
    </div>
  );
};
