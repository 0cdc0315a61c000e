import type { RunSpec } from '../../scenario/scenario.ts';
import { setAt } from '../../store/edits.ts';
import { useLab } from '../hooks/lab.ts';
import { text } from '../text.ts';

/** The settings that a run sweeps over: each value has a panel of its own. */
export const SweepNote = ({ run, index }: { readonly run: RunSpec; readonly index: number }) => {
  const lab = useLab();
  const swept = Object.entries(run.sweep);
  if (swept.length === 0) return null;
  return (
    <div className="run__sweep">
      <p className="small">{text.runs.sweptNote}</p>
      <ul>
        {swept.map(([path, values]) => (
          <li key={path} className="small">
            <b>{path.replace(/^params\./, '')}</b>: {values.join(', ')}
          </li>
        ))}
      </ul>
      <button type="button" className="button" onClick={() => lab.edit(setAt(['runs', String(index), 'sweep'], {}))}>
        {text.runs.stopSweep}
      </button>
    </div>
  );
};
