import type { Scenario } from '../../scenario/format/scenario.ts';
import { newSeeds, resizedSeeds } from '../../store/draft/edits.ts';
import { useLab } from '../hooks/lab.ts';
import { text } from '../text.ts';
import { NumberField } from './NumberField.tsx';
import { Section } from './Section.tsx';

const MOST = 10;

/** How many seeds, and other ones at the push of a button. */
export const SeedsForm = ({ scenario }: { readonly scenario: Scenario }) => {
  const lab = useLab();
  const { seeds } = scenario;
  return (
    <Section title={text.seeds.heading} isOpen testId="seeds-form">
      <NumberField
        label={text.seeds.count}
        help={text.seeds.help}
        value={seeds.length}
        range={{ min: 1, max: Math.max(MOST, seeds.length), scale: 'int' }}
        onChange={(count) => lab.draft.edit((old) => ({ ...old, seeds: resizedSeeds(old.seeds, count) }), 'seeds')}
        testId="seeds"
      />
      <p className="small muted">{text.seeds.list(seeds)}</p>
      <button
        type="button"
        className="button"
        onClick={() => lab.draft.edit((old) => ({ ...old, seeds: newSeeds(old.seeds) }))}
        data-testid="new-seeds"
      >
        {text.seeds.fresh}
      </button>
    </Section>
  );
};
