import type { AttackInfo } from '../../../engine/contracts/attack.ts';
import type { AttackJob } from '../../../store/contracts/state.ts';
import { offerIn, useOffer } from '../../hooks/offer.ts';
import { term } from '../../text.ts';
import type { RoomSection } from '../room.ts';
import { AttackPanel } from './AttackPanel.tsx';
import { Findings } from './Findings.tsx';
import { words } from './others.text.ts';
import { Scores } from './Scores.tsx';

/** What an attack found, drawn as it says. */
const Found = ({ info, jobs }: { readonly info: AttackInfo; readonly jobs: readonly AttackJob[] }) => {
  const { chart, scores } = info.page ?? {};
  const title = term(info.values.find(({ id }) => id === chart?.value)?.title ?? '');
  const drawn = chart && {
    value: chart.value,
    axis: term(chart.axis),
    summary: (ends: string) => words.summary(title, ends),
  };
  return (
    <>
      {scores ? <Scores jobs={jobs} axis={term(scores)} /> : null}
      <Findings kind={info.id} jobs={jobs} {...(drawn && { chart: drawn })} />
    </>
  );
};

/** The attacks of a family that say themselves how they are to be shown. */
const Others = () => {
  const attacks = useOffer()?.attacks.filter(({ page }) => page) ?? [];
  return attacks.map((info) => (
    <section key={info.id} className="attack__one" aria-label={term(info.title)}>
      <h3 className="attack__name">{term(info.title)}</h3>
      <p className="room__hint">
        {term(info.summary)} {term(info.page?.lookFor ?? '')}
      </p>
      <AttackPanel kind={info.id}>{(jobs) => <Found info={info} jobs={jobs} />}</AttackPanel>
    </section>
  ));
};

export default {
  words,
  order: 60,
  isAvailable: (state) => offerIn(state)?.attacks.some(({ page }) => page) ?? false,
  Component: Others,
} satisfies RoomSection;
