import { useId, useState } from 'react';
import { Info } from '../forms/Info.tsx';
import { useLabState } from '../hooks/lab.ts';
import { text } from '../text.ts';
import { TableToggle } from './TableToggle.tsx';

interface Props {
  readonly title: string;
  /** What the lines and bands mean. */
  readonly legend: React.ReactNode;
  /** How to read it. */
  readonly help: string;
  /** The chart in a sentence, for those who do not see it. */
  readonly summary: string;
  readonly table: () => React.ReactNode;
  /** What stands before the switch to the table. */
  readonly tools?: React.ReactNode;
  readonly children: React.ReactNode;
  readonly testId: string;
}

/** A chart with its caption, its summary, and the same numbers as a table. */
export const ChartFrame = ({ title, legend, help, summary, table, tools, children, testId }: Props) => {
  const id = useId();
  const [isTable, setIsTable] = useState(false);
  const isStale = useLabState((state) => state.run.isStale);
  return (
    <figure className="chart" aria-labelledby={id} data-testid={testId} data-stale={isStale} data-take={title}>
      <figcaption className="chart__caption">
        <h2 id={id}>{title}</h2>
        <Info label={title}>{help}</Info>
        <span className="chart__legend small muted">{legend}</span>
        {tools}
        <TableToggle isTable={isTable} label={`${title}: ${text.charts.table}`} onToggle={setIsTable} />
      </figcaption>
      <p className="hidden-text">{summary}</p>
      <div className="chart__body">{isTable ? table() : children}</div>
    </figure>
  );
};
