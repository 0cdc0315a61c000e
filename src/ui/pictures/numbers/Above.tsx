import { useState } from 'react';
import type { ShownCurve, ShownSurface } from '../../../families/numbers/shown.ts';
import { TableToggle } from '../../charts/TableToggle.tsx';
import { type PanelInfo, usePanels } from '../../compare/panels.ts';
import { quantity } from '../../format.ts';
import { useLab, useLabState } from '../../hooks/lab.ts';
import { usePanelPicture } from '../panel-picture.ts';
import { BAND_SEEDS, type NumbersPicture } from './bands.ts';
import { setDrawing, useIsDrawing } from './drawing.ts';
import { words } from './numbers.text.ts';
import { placeName, usePlace, useShownNumbers } from './shown.ts';

type ShownNumbers = ShownCurve | ShownSurface;

/** Chooses the place of which all panels tell: one slider for a line, two for a plane. */
const PlaceSliders = ({ shown }: { readonly shown: ShownNumbers }) => {
  const lab = useLab();
  const place = usePlace(shown);
  const name = placeName(shown, place);
  const size = shown.kind === 'curve' ? shown.places.length : shown.size;
  const parts =
    shown.kind === 'curve'
      ? [{ label: words.place, at: place, to: (at: number) => at }]
      : [
          { label: words.across, at: place % size, to: (at: number) => place - (place % size) + at },
          { label: words.up, at: Math.floor(place / size), to: (at: number) => at * size + (place % size) },
        ];
  return (
    <>
      {parts.map(({ label, at, to }) => (
        <label key={label} className="curve__slider">
          <span>{label}</span>
          <input
            type="range"
            min={0}
            max={size - 1}
            value={at}
            aria-valuetext={words.at(name)}
            onChange={(event) => lab.view.lightPoint(to(Number(event.target.value)))}
            data-testid="numbers-place"
          />
        </label>
      ))}
      <output className="curve__name">{name}</output>
    </>
  );
};

/** Places that the table tells of, evenly over all there are. */
const tablePlaces = (shown: ShownNumbers): readonly number[] => {
  if (shown.kind === 'curve') {
    const last = shown.places.length - 1;
    return Array.from({ length: 9 }, (_, i) => Math.round((i * last) / 8));
  }
  const steps = [1, 3, 5].map((sixth) => Math.floor((sixth * shown.size) / 6));
  return steps.flatMap((row) => steps.map((column) => row * shown.size + column));
};

const Row = ({ panel, places }: { readonly panel: PanelInfo; readonly places: readonly number[] }) => {
  const picture = usePanelPicture(panel) as NumbersPicture | null;
  return (
    <tr>
      <th scope="row">{panel.label}</th>
      {places.map((place) => (
        <td key={place}>{quantity(picture?.y[place])}</td>
      ))}
    </tr>
  );
};

/** What every model says at some places. */
const Table = ({ shown }: { readonly shown: ShownNumbers }) => {
  const panels = usePanels();
  const places = tablePlaces(shown);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled table must be reachable by keyboard
    <section className="curve__scroll" aria-label={words.table} tabIndex={0} data-testid="numbers-table">
      <table className="curve__table">
        <thead>
          <tr>
            <th scope="col">{words.column}</th>
            {places.map((place) => (
              <th key={place} scope="col">
                {placeName(shown, place)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.truth.length > 0 ? (
            <tr>
              <th scope="row">{words.truth}</th>
              {places.map((place) => (
                <td key={place}>{quantity(shown.truth[place])}</td>
              ))}
            </tr>
          ) : null}
          {panels.map((panel) => (
            <Row key={panel.key} panel={panel} places={places} />
          ))}
        </tbody>
      </table>
    </section>
  );
};

/** What the pictures mean, the place that they tell of, the same as a table, and a line around what is to be forgotten. */
export const Above = () => {
  const { curve, surface } = useShownNumbers();
  const seeds = useLabState(({ run }) => Math.min(BAND_SEEDS, run.shown?.collector.seeds.length ?? 1));
  const isDrawing = useIsDrawing();
  const [isTable, setIsTable] = useState(false);
  const shown = curve ?? surface;
  if (!shown) return null;
  return (
    <div className="curve-above" data-testid="numbers-above">
      <p className="curve__legend small muted">
        {shown.kind === 'curve'
          ? `${words.legend} ${words.lines}${seeds > 1 ? ` ${words.bands(seeds)}` : ''}`
          : `${words.surface} ${words.scale(quantity(shown.range[0]), quantity(shown.range[1]))}`}
      </p>
      <div className="curve__tools">
        <PlaceSliders shown={shown} />
        <button
          type="button"
          className="button curve__draw"
          aria-pressed={isDrawing}
          title={words.drawHint}
          onClick={() => setDrawing(!isDrawing)}
          data-testid="numbers-draw"
        >
          {isDrawing ? words.drawing : words.draw}
        </button>
        <TableToggle isTable={isTable} label={words.table} onToggle={setIsTable} />
      </div>
      {isTable ? <Table shown={shown} /> : null}
    </div>
  );
};
