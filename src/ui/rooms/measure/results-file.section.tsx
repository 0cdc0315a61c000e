import { useState } from 'react';
import { faultLine, toWire, type WireError } from '../../../engine/base/errors.ts';
import { readResults } from '../../../scenario/files/read-results.ts';
import type { CatalogueInfo } from '../../../scenario/format/catalogue.ts';
import type { MetricValue, Results, RunResult } from '../../../scenario/format/results.ts';
import { quantity } from '../../format.ts';
import { useLabState } from '../../hooks/lab.ts';
import { term } from '../../text.ts';
import type { RoomSection } from '../room.ts';
import { words } from './results-file.text.ts';
import './tournament.css';

const USUAL = ['forgetAccuracy', 'retainAccuracy', 'retainTestAccuracy', 'forgetDistance', 'retainDistance'];

/** '0.95 [0.92, 0.97]' of the values that exist. */
const spread = (values: readonly (MetricValue | undefined)[]): string => {
  const numbers = values.filter((value) => typeof value === 'number');
  if (numbers.length === 0) return quantity(null);
  const mean = numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
  if (numbers.length === 1) return quantity(mean);
  return `${quantity(mean)} [${quantity(Math.min(...numbers))}, ${quantity(Math.max(...numbers))}]`;
};

/** Runs by name and swept settings, in the order of the file. */
const groupsOf = ({ runs, scenario }: Results): ReadonlyMap<string, readonly RunResult[]> => {
  const groups = new Map<string, RunResult[]>();
  for (const run of runs) {
    const sweep = scenario.runs?.find?.(({ name }) => name === run.name)?.sweep ?? {};
    const swept = Object.keys(sweep).map((path) => `${path.replace(/^.*\./, '')}=${run.settings[path]}`);
    const label = [run.name, ...swept].join(' ');
    groups.set(label, [...(groups.get(label) ?? []), run]);
  }
  return groups;
};

const Table = ({ results, catalogue }: { readonly results: Results; readonly catalogue: CatalogueInfo }) => {
  const { headline, original, retrained, claims, engine, checksum, scenario } = results;
  const ids = headline ? [headline.forget, headline.keep, ...headline.others] : USUAL;
  const metrics = [...catalogue.metrics, ...catalogue.families.flatMap((family) => family.metrics)];
  const titleOf = (id: string): string => term(metrics.find((metric) => metric.id === id)?.title ?? id);
  const rows: readonly (readonly [label: string, cells: readonly string[]])[] = [
    [words.original, ids.map((id) => spread(original.map((model) => model.metrics[id])))],
    [words.retrained, ids.map((id) => spread(retrained.map((model) => model.metrics[id])))],
    ...[...groupsOf(results)].map(
      ([label, runs]) => [label, ids.map((id) => spread(runs.map((run) => run.metrics[id]?.at(-1))))] as const,
    ),
  ];
  return (
    <>
      <p className="small">{words.table(String(scenario.title || words.untitled), original.length)}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled table must be reachable by keyboard */}
      <section className="tournament__scroll" aria-label={words.title} tabIndex={0}>
        <table className="tournament__table" data-testid="results-table">
          <thead>
            <tr className="tournament__head">
              <th scope="col">{words.model}</th>
              {ids.map((id) => (
                <th key={id} scope="col">
                  {titleOf(id)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(([label, cells]) => (
              <tr key={label}>
                <th scope="row">{label}</th>
                {cells.map((cell, i) => (
                  <td key={ids[i]}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {claims.length > 0 ? (
        <>
          <p>{words.claims}</p>
          <ul>
            {claims.map(({ text, holds }) => (
              <li key={text}>
                {text}: {holds ? words.holds : words.fails}
              </li>
            ))}
          </ul>
        </>
      ) : null}
      <p className="small muted">{words.made(`${engine.backend} ${engine.version}`, checksum)}</p>
    </>
  );
};

const ResultsFile = () => {
  const catalogue = useLabState((state) => state.catalogue);
  const [results, setResults] = useState<Results | null>(null);
  const [error, setError] = useState<WireError | null>(null);
  if (!catalogue) return null;
  const open = async (file: File): Promise<void> => {
    try {
      setResults(readResults(await file.text()));
      setError(null);
    } catch (thrown) {
      setResults(null);
      setError(toWire(thrown));
    }
  };
  return (
    <div className="tournament">
      <label>
        {words.choose}{' '}
        <input
          type="file"
          accept=".json,application/json"
          onChange={(event) => {
            const file = event.target.files?.[0];
            // The same file may be chosen again, changed.
            event.target.value = '';
            if (file) void open(file);
          }}
          data-testid="results-file"
        />
      </label>
      {error ? (
        <div className="notice notice--bad" role="alert">
          {words.unread}
          <ul>
            {(error.faults.length > 0 ? error.faults.map(faultLine) : [error.message]).map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </div>
      ) : null}
      {results ? <Table results={results} catalogue={catalogue} /> : null}
    </div>
  );
};

export default {
  words,
  order: 80,
  isAvailable: ({ catalogue }) => catalogue !== null,
  Component: ResultsFile,
} satisfies RoomSection;
