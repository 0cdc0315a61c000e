import { useState } from 'react';
import { toWire } from '../../../engine/base/errors.ts';
import type { CatalogueInfo } from '../../../scenario/format/catalogue.ts';
import { encodeTournament } from '../../../scenario/tournament/link.ts';
import {
  footerOf,
  type TournamentResults,
  toCsv,
  toJson,
  toLatex,
  toMarkdown,
} from '../../../sim/tournament/export.ts';
import type { Standing } from '../../../sim/tournament/standings.ts';
import {
  baselineWords,
  estimateWords,
  leftOutWords,
  metricTitle,
  pWords,
  rankWords,
  settingsWords,
  verdictWords,
} from '../../../sim/tournament/words.ts';
import { hereBase } from '../../shell/address.ts';
import { fileName, saveFile } from '../../shell/files.ts';
import { term } from '../../text.ts';
import { tournamentText as text } from './tournament.text.ts';

interface Props {
  readonly results: TournamentResults;
  readonly catalogue: CatalogueInfo;
}

/** Where a method's interval lies between 0 and the largest of them: the picture of the column. */
const GapPicture = ({ row, most }: { readonly row: Standing; readonly most: number }) => {
  if (!row.score || !(most > 0)) return null;
  const place = (value: number): string => `${(100 * Math.min(most, value)) / most}%`;
  const { mean, low, high } = row.score;
  return (
    <span className="gap" aria-hidden="true">
      <span className="gap__interval" style={{ left: place(low), width: place(high - low) }} />
      <span className={row.beatsBaselines ? 'gap__mean gap__mean--good' : 'gap__mean'} style={{ left: place(mean) }} />
    </span>
  );
};

/** A method that cannot beat the baselines gets no color (docs/tournament.md). */
const rowClass = ({ verdict, beatsBaselines }: Standing): string =>
  `tournament__row--${beatsBaselines && verdict !== 'worse' ? 'good' : verdict}`;

const Row = ({
  row,
  results,
  most,
}: {
  readonly row: Standing;
  readonly results: TournamentResults;
  readonly most: number;
}) => {
  const { tournament, standings } = results;
  const seeds = tournament.reportingSeeds.length;
  const tries = leftOutWords(row.tuningLeftOut);
  return (
    <tr className={rowClass(row)} data-testid={`tournament-row-${row.name}`}>
      <td>{rankWords(row, standings)}</td>
      <th scope="row">{row.name}</th>
      <td className="tournament__gap">
        <GapPicture row={row} most={most} />
        {estimateWords(row.score, seeds)}
      </td>
      <td>{term(verdictWords[row.verdict])}</td>
      <td>{row.againstBest ? pWords(row.againstBest.adjusted) : '–'}</td>
      <td>{term(baselineWords(row))}</td>
      {tournament.report.map((id) => (
        <td key={id}>{estimateWords(row.metrics[id] ?? null, seeds)}</td>
      ))}
      <td>{row.chosen ? term(settingsWords(row.chosen.settings)) : '–'}</td>
      <td>
        {row.configurations}
        {tries === '' ? '' : ` (${term(tries)})`}
      </td>
      <td>{term(leftOutWords(row.leftOut)) || '–'}</td>
    </tr>
  );
};

const Exports = ({ results, catalogue }: Props) => {
  const [link, setLink] = useState({ state: 'idle', url: '' });
  const { title } = results.tournament;
  const save = {
    csv: () => saveFile(fileName(title, '-tournament.csv'), 'text/csv', toCsv(results)),
    json: () => saveFile(fileName(title, '-tournament.json'), 'application/json', toJson(results)),
    markdown: () => saveFile(fileName(title, '-tournament.md'), 'text/markdown', toMarkdown(results, catalogue)),
    latex: () => saveFile(fileName(title, '-tournament.tex'), 'application/x-tex', toLatex(results, catalogue)),
  };
  const copy = async (): Promise<void> => {
    let url = '';
    try {
      url = `${hereBase()}#${encodeTournament(results.tournament)}`;
    } catch (thrown) {
      setLink({ state: 'problem', url: term(toWire(thrown).message) });
      return;
    }
    try {
      await navigator.clipboard.writeText(url);
      setLink({ state: 'copied', url });
    } catch {
      setLink({ state: 'failed', url });
    }
  };
  return (
    <div className="tournament__exports">
      <span className="small muted">{text.exportLabel}:</span>
      {(['csv', 'json', 'markdown', 'latex'] as const).map((format) => (
        <button
          key={format}
          type="button"
          className="button"
          onClick={save[format]}
          data-testid={`tournament-save-${format}`}
        >
          {text.formats[format]}
        </button>
      ))}
      <button type="button" className="button" onClick={() => void copy()} data-testid="tournament-copy">
        {text.copyLink}
      </button>
      <span role="status" className="small">
        {link.state === 'copied' ? text.copied : null}
        {link.state === 'problem' ? link.url : null}
        {link.state === 'failed' ? (
          <label>
            {text.copyFailed}{' '}
            <input className="field__text" readOnly value={link.url} onFocus={(event) => event.target.select()} />
          </label>
        ) : null}
      </span>
    </div>
  );
};

/** Who is nearest to the retrained model, with what is certain about it and what is not. */
export const TournamentTable = ({ results, catalogue }: Props) => {
  const { tournament, standings } = results;
  const { columns } = text;
  const seeds = tournament.reportingSeeds.length;
  const most = Math.max(0, ...standings.rows.map(({ score }) => score?.high ?? 0));
  return (
    <div data-testid="tournament-result">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled table must be reachable by keyboard */}
      <section className="tournament__scroll" aria-label={text.table} tabIndex={0}>
        <table className="tournament__table">
          <thead className="tournament__head">
            <tr>
              {[columns.rank, columns.method, columns.gap, columns.verdict, columns.p, columns.baseline].map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
              {tournament.report.map((id) => (
                <th
                  key={id}
                  scope="col"
                  title={term(catalogue.metrics.find((metric) => metric.id === id)?.summary ?? '')}
                >
                  {term(metricTitle(id, catalogue))}
                </th>
              ))}
              {[columns.settings, columns.tried, columns.leftOut].map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <tr className="tournament__retrained">
              <td>★</td>
              <th scope="row">{text.retrained}</th>
              <td>0</td>
              <td>{text.target}</td>
              <td>–</td>
              <td>–</td>
              {tournament.report.map((id) => (
                <td key={id}>{estimateWords(standings.retrained[id] ?? null, seeds)}</td>
              ))}
              <td>–</td>
              <td>–</td>
              <td>–</td>
            </tr>
            {standings.rows.map((row) => (
              <Row key={row.entrant} row={row} results={results} most={most} />
            ))}
          </tbody>
        </table>
      </section>
      {footerOf(results, catalogue).map((line) => (
        <p key={line} className="small muted tournament__note">
          {term(line)}
        </p>
      ))}
      <Exports results={results} catalogue={catalogue} />
    </div>
  );
};
