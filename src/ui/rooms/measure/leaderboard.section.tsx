import { useMemo } from 'react';
import { faultLine, toWire } from '../../../engine/base/errors.ts';
import type { CatalogueInfo } from '../../../scenario/format/catalogue.ts';
import type { Preset } from '../../../scenario/format/preset.ts';
import { leaderboardFiles } from '../../../scenario/leaderboard/entries.ts';
import { type LeaderboardEntry, readEntry } from '../../../scenario/leaderboard/entry.ts';
import { inOrder, rankOf } from '../../../scenario/leaderboard/standing.ts';
import { useLab, useLabState } from '../../hooks/lab.ts';
import { term, text } from '../../text.ts';
import type { RoomSection } from '../room.ts';
import { words } from './leaderboard.text.ts';
import { type Recomputed, useRecomputing } from './recompute.ts';
import './leaderboard.css';

interface Read {
  readonly entries: readonly LeaderboardEntry[];
  /** Files that this version cannot read, each with its faults. */
  readonly unreadable: readonly { readonly id: string; readonly faults: readonly string[] }[];
}

const readAll = (catalogue: CatalogueInfo, presets: readonly Preset[]): Read => {
  const entries: LeaderboardEntry[] = [];
  const unreadable: Read['unreadable'][number][] = [];
  for (const { id, input } of leaderboardFiles) {
    try {
      entries.push(readEntry(id, input, { catalogue, presets }));
    } catch (thrown) {
      const { message, faults } = toWire(thrown);
      unreadable.push({ id, faults: faults.length > 0 ? faults.map(faultLine) : [message] });
    }
  }
  return { entries, unreadable };
};

/** 'NPO β=0.5 retain ce, sgd η=0.1, 100 steps'. */
const settingsOf = ({ scenario }: LeaderboardEntry, { methods }: CatalogueInfo): string => {
  const run = scenario.runs[0];
  if (!run) return '';
  const method = methods.find(({ id }) => id === run.method);
  const params = Object.entries(run.params).map(([name, value]) => `${method?.params[name]?.symbol ?? name}=${value}`);
  const kept = run.retain.kind === 'none' ? [] : [`+ ${run.retain.kind.toUpperCase()}`];
  const name = [method?.short ?? run.method, ...kept, ...params].join(' ');
  const { optimizer, learningRate } = run;
  return [
    name,
    `${optimizer} η=${learningRate}`,
    ...(method?.schedule === 'one-shot' ? [] : [words.steps(run.steps)]),
  ].join(', ');
};

const number = (gap: number | null | undefined): string => (typeof gap === 'number' ? gap.toFixed(4) : words.none);

const verdictOf = (entry: LeaderboardEntry, found: Recomputed): string => {
  switch (found.status) {
    case 'waiting':
      return words.waiting;
    case 'running':
      return words.running(Math.round(100 * found.share));
    case 'failed':
      return words.failed(found.message);
    case 'unclaimed':
      return words.unclaimed(number(found.gap));
    case 'same':
      return words.same(number(found.check.gap), found.check.found);
    case 'other': {
      const { cause, madeBy = '', engine, gap, found: sum } = found.check;
      const why = cause ? text.notices.causes[cause](madeBy, engine) : words.edited;
      return `${words.differs(number(gap), sum)} ${entry.claim && why}`;
    }
  }
};

interface ItemProps {
  readonly entry: LeaderboardEntry;
  readonly rank: number | null;
  readonly catalogue: CatalogueInfo;
  readonly found: Recomputed | undefined;
  readonly onAgain: () => void;
}

const Item = ({ entry, rank, catalogue, found, onAgain }: ItemProps) => {
  const lab = useLab();
  const { title, by, note, claim, scenario } = entry;
  const isOn = found?.status === 'waiting' || found?.status === 'running';
  const open = (): void => {
    const made = claim ? { checksum: claim.checksum, engine: claim.engine } : {};
    lab.draft.openText(JSON.stringify({ kind: 'results', version: 1, scenario, ...made }));
    lab.view.enter('compare');
  };
  return (
    <li className="leaderboard__entry" data-testid={`entry-${entry.id}`} data-status={found?.status ?? 'idle'}>
      <span className="leaderboard__rank" aria-hidden="true">
        {rank ?? '–'}
      </span>
      <div className="leaderboard__words">
        <p>
          <strong>{term(title)}</strong> <span className="leaderboard__gap">{words.gap(number(claim?.gap))}</span>
        </p>
        <p className="small muted" translate="no">
          {settingsOf(entry, catalogue)}
        </p>
        <p className="small muted">
          {words.by(by)}. {term(note)} {claim ? words.checksum(claim.checksum) : ''}
        </p>
      </div>
      <div className="leaderboard__buttons">
        <button
          type="button"
          className="button"
          disabled={isOn}
          aria-label={words.againOf(term(title))}
          onClick={onAgain}
        >
          {words.again}
        </button>
        <button
          type="button"
          className="button"
          disabled={lab.isLocked}
          aria-label={words.openOf(term(title))}
          onClick={open}
        >
          {words.open}
        </button>
      </div>
      <p className="small leaderboard__verdict" role="status">
        {found ? verdictOf(entry, found) : ''}
      </p>
    </li>
  );
};

const Leaderboard = () => {
  const catalogue = useLabState((state) => state.catalogue);
  const presets = useLabState((state) => state.presets);
  const { entries, unreadable } = useMemo(
    () => (catalogue ? readAll(catalogue, presets) : { entries: [], unreadable: [] }),
    [catalogue, presets],
  );
  const { found, compute, stop, isOn } = useRecomputing();
  if (!catalogue) return null;
  const problems = [...new Set(entries.map(({ problem }) => problem))];
  const ended = entries.flatMap(({ id }) => found[id] ?? []).filter(({ status }) => /same|other|failed/.test(status));
  return (
    <div className="leaderboard">
      <p className="small muted">{words.gapHelp}</p>
      <div className="leaderboard__buttons">
        <button
          type="button"
          className="button button--primary"
          onClick={() => (isOn ? stop() : compute(inOrder(entries)))}
          data-testid="leaderboard-all"
        >
          {isOn ? words.stop : words.all}
        </button>
        <span className="small muted" role="status" data-testid="leaderboard-summary">
          {ended.length > 0 ? words.summary(ended.filter(({ status }) => status === 'same').length, ended.length) : ''}
        </span>
      </div>
      {problems.map((problem) => {
        const own = inOrder(entries.filter((entry) => entry.problem === problem));
        const title = presets.find(({ id }) => id === problem)?.title ?? problem;
        return (
          <section key={problem} aria-label={term(title)}>
            <h3>{term(title)}</h3>
            <ol className="leaderboard__list">
              {own.map((entry) => (
                <Item
                  key={entry.id}
                  entry={entry}
                  rank={rankOf(entry, own)}
                  catalogue={catalogue}
                  found={found[entry.id]}
                  onAgain={() => compute([entry])}
                />
              ))}
            </ol>
          </section>
        );
      })}
      {unreadable.map(({ id, faults }) => (
        <div key={id} className="notice notice--warn">
          {words.unreadable(`${id}.json`)}
          <ul>
            {faults.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  );
};

export default {
  words,
  order: 70,
  isAvailable: ({ catalogue }) => catalogue !== null,
  Component: Leaderboard,
} satisfies RoomSection;
