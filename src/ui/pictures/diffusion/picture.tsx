import './clouds.css';
import { useMemo } from 'react';
import type { Law, ShownClouds } from '../../../families/diffusion/shown.ts';
import { percent } from '../../format.ts';
import { useLab } from '../../hooks/lab.ts';
import { useThemeName } from '../../hooks/theme.ts';
import type { FamilyPicture, PictureProps } from '../picture.ts';
import { CloudTable } from './CloudTable.tsx';
import { words } from './clouds.text.ts';
import {
  arrowsOf,
  type CellPlace,
  type CloudCell,
  cellsOf,
  dotsOf,
  meanWhere,
  placeIn,
  SIDE,
  samplesOf,
} from './clouds.ts';
import { useClouds, useSamples } from './shown.ts';

/** Shares of its reach up to which the class asked for is shaded, from the outside in. */
const LEVELS = [1, 2 / 3, 1 / 3];

/** Where a class lies: within so many standard deviations of its centers. */
const Lie = ({
  law: { centers, deviation },
  level,
  place,
  isOwn,
}: {
  readonly law: Law;
  readonly level: number;
  readonly place: CellPlace;
  readonly isOwn: boolean;
}) => (
  <g className="clouds__truth" data-own={isOwn}>
    {Array.from({ length: centers.length / 2 }, (_, i) => (
      <circle
        // biome-ignore lint/suspicious/noArrayIndexKey: centers do not move
        key={i}
        cx={place.x(centers[2 * i] as number)}
        cy={place.y(centers[2 * i + 1] as number)}
        r={place.scale * level * deviation}
      />
    ))}
  </g>
);

/** Where the classes truly lie; the one asked for is darker towards its middle. */
const Truth = ({ shown, cell }: { readonly shown: ShownClouds; readonly cell: CloudCell }) => {
  const place = placeIn(cell, shown);
  const own = shown.laws[cell.condition];
  return (
    <>
      {shown.laws.map((law, c) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: classes do not move
        <Lie key={c} law={law} level={shown.reach} place={place} isOwn={false} />
      ))}
      {own
        ? LEVELS.map((level) => <Lie key={level} law={own} level={level * shown.reach} place={place} isOwn />)
        : null}
    </>
  );
};

/** What one model draws under each condition, over the true clouds; the one that is to be erased large, with its moves. */
const Panel = ({ panel, panels, label }: PictureProps) => {
  const theme = useThemeName();
  const clouds = useClouds();
  const own = useSamples(panel);
  const original = useSamples(panels.find(({ role }) => role === 'original') ?? panel);
  const cells = useMemo(() => clouds && cellsOf(clouds.conditions, clouds.large), [clouds]);
  const ground = useMemo(
    () => clouds && cells?.map((cell) => <Truth key={cell.condition} shown={clouds.shown} cell={cell} />),
    [clouds, cells],
  );
  const summary = useMemo(() => {
    if (!clouds || !own) return words.waiting;
    const isErased = (c: number) => clouds.erased.has(c);
    const kept = meanWhere(own.hits, (c) => !isErased(c));
    return words.summary(
      percent(meanWhere(own.hits, isErased)),
      percent(meanWhere(own.nowhere, isErased)),
      percent(kept),
    );
  }, [clouds, own]);
  if (!clouds || !cells) return null;
  const color = panel.style.color[theme];
  return (
    <svg className="clouds" viewBox={`0 0 ${SIDE} ${SIDE}`} role="img" aria-label={`${label} ${summary}`}>
      {ground}
      {cells.map((cell, i) => {
        const place = placeIn(cell, clouds.shown);
        const isMoved = i === 0 && own && original && panel.role !== 'original';
        return (
          <g key={cell.condition}>
            {isMoved ? (
              <path
                className="clouds__arrows"
                d={arrowsOf(samplesOf(original, cell.condition), samplesOf(own, cell.condition), place)}
              />
            ) : null}
            {own ? (
              <path
                className="clouds__dots"
                data-large={i === 0}
                d={dotsOf(samplesOf(own, cell.condition), place)}
                stroke={color}
              />
            ) : null}
            <rect className="clouds__frame" x={cell.x} y={cell.y} width={cell.side} height={cell.side} />
            <text className="clouds__name" x={cell.x + 4} y={cell.y + 12}>
              {cell.condition < clouds.shown.laws.length ? cell.condition : '∅'}
              {clouds.erased.has(cell.condition) ? ' ✗' : ''}
            </text>
          </g>
        );
      })}
    </svg>
  );
};

/** Chooses the condition that is large in all panels, and says what is drawn. */
const Above = () => {
  const lab = useLab();
  const clouds = useClouds();
  if (!clouds) return null;
  const { shown, erased, conditions, large } = clouds;
  return (
    <div className="clouds__above">
      <label className="small">
        {words.large}{' '}
        <select
          className="field__select field__select--inline"
          value={large}
          data-testid="clouds-large"
          onChange={(event) => lab.view.lightPoint(Number(event.target.value))}
        >
          {Array.from({ length: conditions }, (_, c) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: conditions do not move
            <option key={c} value={c}>
              {c < shown.laws.length ? words.condition(c, erased.has(c)) : words.none}
            </option>
          ))}
        </select>
      </label>
      <p className="clouds__legend small muted">
        {words.legend} {words.arrows}
      </p>
      <CloudTable />
    </div>
  );
};

export const picture: FamilyPicture = { Panel, Above };
