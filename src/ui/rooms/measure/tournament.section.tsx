import { useMemo } from 'react';
import { planOf } from '../../../sim/tournament/plan.ts';
import type { TournamentSlice } from '../../../store/contracts/tournament-slice.ts';
import { useLab, useLabState } from '../../hooks/lab.ts';
import { useOffer } from '../../hooks/offer.ts';
import type { RoomSection } from '../room.ts';
import { TournamentForm } from './TournamentForm.tsx';
import { TournamentTable } from './TournamentTable.tsx';
import './tournament.css';
import { tournamentText as text } from './tournament.text.ts';

const nameOf = ({ running, update }: TournamentSlice): string =>
  update?.entrant === undefined ? '' : (running?.methods[update.entrant]?.run.name ?? '');

const Progress = ({ slice }: { readonly slice: TournamentSlice }) => {
  const { status, update, error } = slice;
  if (status === 'failed') {
    return (
      <p className="notice notice--bad" role="alert">
        {text.status.failed} {error?.message}
      </p>
    );
  }
  if ((status !== 'running' && status !== 'paused') || !update) {
    return (
      <p className="small muted" role="status" data-testid="tournament-status" data-status={status}>
        {text.status[status]}
      </p>
    );
  }
  const { phase, done, total, share } = update;
  return (
    <div className="tournament__progress">
      <progress max={1} value={total > 0 ? done / total : 0} aria-label={text.title} />
      <p className="small muted" role="status" data-testid="tournament-status" data-status={status}>
        {text.progress(text.status[status], text.phases[phase], nameOf(slice), done, total)}
        {phase === 'references' ? ` ${Math.round(share * 100)} %` : ''}
      </p>
    </div>
  );
};

const Buttons = ({ slice, isSame }: { readonly slice: TournamentSlice; readonly isSame: boolean }) => {
  const { tournament: act } = useLab();
  const { status } = slice;
  const isOn = status === 'running' || status === 'paused';
  const start = status === 'stopped' && isSame ? text.goOn : status === 'finished' && isSame ? text.again : text.start;
  return (
    <div className="tournament__buttons">
      {isOn ? (
        <>
          <button
            type="button"
            className="button button--primary"
            onClick={status === 'paused' ? act.resume : act.pause}
            data-testid="tournament-pause"
          >
            {status === 'paused' ? text.resume : text.pause}
          </button>
          <button type="button" className="button" onClick={act.stop} data-testid="tournament-stop">
            {text.stop}
          </button>
        </>
      ) : (
        <button type="button" className="button button--primary" onClick={act.start} data-testid="tournament-start">
          {start}
        </button>
      )}
    </div>
  );
};

const Tournament = () => {
  const lab = useLab();
  const catalogue = useOffer();
  const scenario = useLabState(({ draft }) => draft.scenario);
  const slice = useLabState((state) => state.tournament);
  const tournament = useMemo(() => lab.tournament.shown(slice.own, scenario), [lab, slice.own, scenario]);
  const lanes = useMemo(
    () => (tournament && catalogue ? planOf(tournament, catalogue).lanes : 0),
    [tournament, catalogue],
  );
  if (!tournament || !catalogue) return null;
  const isSame = JSON.stringify(tournament) === JSON.stringify(slice.running);
  const isOn = slice.status === 'running' || slice.status === 'paused';
  return (
    <div className="tournament">
      <details open={!isOn && slice.results === null}>
        <summary>{text.settings(tournament.title)}</summary>
        <TournamentForm tournament={tournament} catalogue={catalogue} />
      </details>
      <p className="small muted">
        {text.size(lanes, tournament.tuningSeeds.length + tournament.reportingSeeds.length)}
      </p>
      <Buttons slice={slice} isSame={isSame} />
      <Progress slice={slice} />
      {slice.results && !isSame ? <p className="notice notice--warn">{text.stale}</p> : null}
      {slice.results ? <TournamentTable results={slice.results} catalogue={catalogue} /> : null}
    </div>
  );
};

export default {
  words: text,
  order: 60,
  isAvailable: ({ catalogue, draft }) => catalogue !== null && draft.scenario !== null,
  Component: Tournament,
} satisfies RoomSection;
