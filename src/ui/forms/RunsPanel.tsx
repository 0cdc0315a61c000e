import { useState } from 'react';
import type { CatalogueInfo } from '../../scenario/format/catalogue.ts';
import { caps } from '../../scenario/format/defaults.ts';
import type { Scenario } from '../../scenario/format/scenario.ts';
import { expandRuns } from '../../scenario/format/variants.ts';
import { addRun, setAt } from '../../store/draft/edits.ts';
import { stylesOf } from '../compare/panels.ts';
import { useLab, useLabState } from '../hooks/lab.ts';
import { useOffer } from '../hooks/offer.ts';
import { LazyRule } from '../own/LazyRule.tsx';
import { Icon } from '../shell/Icon.tsx';
import { text } from '../text.ts';
import { ORIGINAL_STYLE } from '../theme/series.ts';
import { MethodPicker } from './LazyPicker.tsx';
import { NumberField } from './NumberField.tsx';
import { useOpenCards } from './open-cards.ts';
import { PinList } from './PinList.tsx';
import { RunCard } from './RunCard.tsx';
import { pickOf, picksOf } from './recipes.ts';
import { Section } from './Section.tsx';

/** How often numbers are taken: the same for all runs. */
const Recording = ({ every }: { readonly every: number }) => {
  const lab = useLab();
  return (
    <Section title={text.training.everyHeading}>
      <NumberField
        label={text.training.everyLabel}
        help={text.training.everyHelp}
        value={every}
        range={{ min: 1, max: Math.max(100, every), scale: 'int' }}
        onChange={(value) => lab.draft.edit(setAt(['evaluate', 'every'], value), 'every')}
        testId="every"
      />
    </Section>
  );
};

const Runs = ({ scenario, catalogue }: { readonly scenario: Scenario; readonly catalogue: CatalogueInfo }) => {
  const lab = useLab();
  const [isPicking, setIsPicking] = useState(false);
  const [isWriting, setIsWriting] = useState(false);
  const { open, toggle } = useOpenCards(
    scenario.runs.map(({ name }) => name),
    (name) => scenario.view.hero?.startsWith(`runs.${name}.`) === true,
  );
  const variants = expandRuns(scenario, catalogue);
  const styles = stylesOf(variants);
  const picks = picksOf(catalogue.methods);
  const compared = scenario.runs.flatMap((run) => pickOf(run, picks)?.id ?? []);
  const isFull = scenario.runs.length >= caps.runs;
  return (
    <>
      <div className="side__head">
        <h2>{text.runs.heading}</h2>
        <button
          type="button"
          className="button"
          disabled={isFull}
          aria-haspopup="dialog"
          onClick={() => setIsPicking(true)}
          data-testid="add-run"
        >
          <Icon name="plus" />
          {text.runs.add}
        </button>
      </div>
      {isFull ? <p className="small muted">{text.runs.cap(caps.runs)}</p> : null}
      {isPicking && !isFull ? (
        <MethodPicker
          title={text.picker.add}
          methods={catalogue.methods}
          compared={compared}
          onPick={({ method, recipe }) => lab.draft.edit(addRun(method, recipe))}
          onClose={() => setIsPicking(false)}
          onOwn={() => {
            setIsPicking(false);
            setIsWriting(true);
          }}
        />
      ) : null}
      {isWriting ? <LazyRule onClose={() => setIsWriting(false)} /> : null}
      <PinList />
      {scenario.runs.length === 0 ? <p className="muted">{text.runs.empty}</p> : null}
      <ul className="side__runs">
        {scenario.runs.map((run, index) => {
          const own = variants.filter((variant) => variant.run === index);
          return (
            <RunCard
              key={run.name}
              run={run}
              index={index}
              labels={own.map(({ label }) => label)}
              style={styles[own[0]?.variant ?? -1] ?? ORIGINAL_STYLE}
              catalogue={catalogue}
              isFull={isFull}
              compared={compared}
              isOpen={open.includes(run.name)}
              onToggle={() => toggle(run.name)}
            />
          );
        })}
      </ul>
      <Recording every={scenario.evaluate.every} />
    </>
  );
};

/** The runs that are compared. */
export const RunsPanel = () => {
  const scenario = useLabState((state) => state.draft.scenario);
  const catalogue = useOffer();
  return scenario && catalogue ? <Runs scenario={scenario} catalogue={catalogue} /> : null;
};
