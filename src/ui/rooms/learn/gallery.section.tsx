import { useMemo } from 'react';
import type { CatalogueInfo } from '../../../scenario/format/catalogue.ts';
import type { Preset } from '../../../scenario/format/preset.ts';
import { expandRuns } from '../../../scenario/format/variants.ts';
import { parseScenario } from '../../../scenario/read/parse.ts';
import { knobOf } from '../../compare/knob.ts';
import { stylesOf } from '../../compare/panels.ts';
import { useLab, useLabState } from '../../hooks/lab.ts';
import { Marker } from '../../shell/Marker.tsx';
import type { RoomSection } from '../room.ts';
import { words } from './gallery.text.ts';
import { SketchPicture } from './Sketch.tsx';
import './learn.css';
import { term } from '../../text.ts';

/** More markers than this are counted instead. */
const MOST = 6;

const PresetItem = ({ preset, catalogue }: { readonly preset: Preset; readonly catalogue: CatalogueInfo }) => {
  const lab = useLab();
  const { scenario, runs, seeds, knob } = useMemo(() => {
    const { scenario } = parseScenario(preset.input, catalogue, 'repair');
    const variants = expandRuns(scenario, catalogue);
    const styles = stylesOf(variants);
    return {
      scenario,
      runs: variants.flatMap(({ label }, i) => (styles[i] ? [{ label, style: styles[i] }] : [])),
      seeds: scenario.seeds.length,
      knob: knobOf(scenario, catalogue),
    };
  }, [preset, catalogue]);
  const isCurrent = useLabState((state) => state.draft.base?.id === preset.id);
  return (
    <li className="card">
      <button
        type="button"
        className="card__button"
        aria-current={isCurrent ? 'true' : undefined}
        disabled={lab.isLocked}
        onClick={() => {
          lab.draft.openPreset(preset.id);
          lab.view.enter('compare');
        }}
        data-testid={`gallery-${preset.id}`}
      >
        <SketchPicture scenario={scenario} />
        <span className="card__title">{term(preset.title)}</span>
        <span className="card__question">{term(preset.question)}</span>
        <span className="card__runs">
          {runs.slice(0, MOST).map(({ label, style }) => (
            <span key={label} className="card__run small">
              <Marker style={style} />
              {label}
            </span>
          ))}
          {runs.length > MOST ? <span className="small muted">{words.more(runs.length - MOST)}</span> : null}
        </span>
        <span className="small muted">
          {words.size(runs.length, seeds)}
          {knob ? `. ${words.knob(term(knob.spec.label))}` : ''}
        </span>
      </button>
    </li>
  );
};

/** Every preset as a card. */
const Gallery = () => {
  const presets = useLabState((state) => state.presets);
  const catalogue = useLabState((state) => state.catalogue);
  if (!catalogue) return null;
  return (
    <ul className="cards">
      {presets.map((preset) => (
        <PresetItem key={preset.id} preset={preset} catalogue={catalogue} />
      ))}
    </ul>
  );
};

export default { words, order: 20, Component: Gallery } satisfies RoomSection;
