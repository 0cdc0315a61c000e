import type { Region } from '../../scenario/format/scenario.ts';
import type { LabState } from '../../store/contracts/state.ts';
import { setAt } from '../../store/draft/edits.ts';
import { useLab, useLabState } from '../hooks/lab.ts';
import { text } from '../text.ts';
import { SelectField, TextField } from './fields.tsx';
import { readCorners, writeCorners } from './lists.ts';
import { NumberField } from './NumberField.tsx';

type Extent = readonly [number, number, number, number];
type Disc = Extract<Region, { readonly disc: unknown }>['disc'];

const round = (value: number): number => Number(value.toPrecision(3));

/** A polygon about as large as a disc, and the other way round. */
const squareOf = ({ center: [x, y], radius }: Disc) =>
  [
    [x - radius, y - radius],
    [x + radius, y - radius],
    [x + radius, y + radius],
    [x - radius, y + radius],
  ].map((corner) => corner.map(round));

const discOf = (polygon: readonly (readonly [number, number])[]) => {
  const mean = (axis: 0 | 1): number => polygon.reduce((sum, corner) => sum + corner[axis], 0) / polygon.length;
  const center = [mean(0), mean(1)] as const;
  const radius = Math.max(...polygon.map(([x, y]) => Math.hypot(x - center[0], y - center[1])));
  return { center: center.map(round), radius: round(radius) };
};

const DiscFields = ({ disc, extent }: { readonly disc: Disc; readonly extent: Extent }) => {
  const lab = useLab();
  const isDragged = useLabState(({ run }) => (run.shown?.points.size ?? 0) > 0);
  const [xMin, xMax, yMin, yMax] = extent;
  const edit = (path: readonly string[], value: unknown): void =>
    lab.draft.edit(setAt(['forget', 'disc', ...path], value), `disc.${path.join('.')}`);
  const range = (low: number, high: number, value: number) =>
    ({ min: round(Math.min(low, value)), max: round(Math.max(high, value)), scale: 'linear' }) as const;
  return (
    <>
      <NumberField
        label={text.forget.centerX}
        value={disc.center[0]}
        range={range(xMin, xMax, disc.center[0])}
        onChange={(value) => edit(['center', '0'], value)}
        testId="disc-x"
      />
      <NumberField
        label={text.forget.centerY}
        value={disc.center[1]}
        range={range(yMin, yMax, disc.center[1])}
        onChange={(value) => edit(['center', '1'], value)}
        testId="disc-y"
      />
      <NumberField
        label={text.forget.radius}
        value={disc.radius}
        range={range((xMax - xMin) / 100, xMax - xMin, disc.radius)}
        onChange={(value) => edit(['radius'], value)}
        testId="disc-radius"
      />
      {isDragged ? <p className="small muted">{text.forget.drag}</p> : null}
    </>
  );
};

const DEFAULT_EXTENT: Extent = [-3, 3, -3, 3];

/** What the pictures on screen cover. */
export const shownExtent = ({ run, view }: LabState): Extent => {
  const { shown } = run;
  const own = shown?.points.values().next().value?.extent;
  return own ?? shown?.collector.data(view.seed)?.shown.extent ?? DEFAULT_EXTENT;
};

/** The corners of the middle of a plane, half as wide and as high. */
export const middleOf = ([left, right, bottom, top]: Extent) => {
  const at = (low: number, high: number, share: number) => round(low + share * (high - low));
  const [x, y] = [
    [at(left, right, 0.25), at(left, right, 0.75)],
    [at(bottom, top, 0.25), at(bottom, top, 0.75)],
  ] as const;
  return [
    [x[0], y[0]],
    [x[1], y[0]],
    [x[1], y[1]],
    [x[0], y[1]],
  ];
};

/** A disc by three numbers, or a polygon by its corners. */
export const RegionFields = ({ region }: { readonly region: Region }) => {
  const lab = useLab();
  const extent = useLabState(shownExtent);
  const isDisc = 'disc' in region;
  return (
    <>
      <SelectField
        label={text.forget.shape}
        value={isDisc ? 'disc' : 'polygon'}
        options={[
          { value: 'disc', label: text.forget.disc },
          { value: 'polygon', label: text.forget.polygon },
        ]}
        onChange={(shape) => {
          if (isDisc && shape === 'polygon') {
            lab.draft.edit(setAt(['forget'], { kind: 'region', polygon: squareOf(region.disc) }));
          } else if (!isDisc && shape === 'disc') {
            lab.draft.edit(setAt(['forget'], { kind: 'region', disc: discOf(region.polygon) }));
          }
        }}
        testId="region-shape"
      />
      {isDisc ? (
        <DiscFields disc={region.disc} extent={extent} />
      ) : (
        <TextField
          label={text.forget.corners}
          help={text.forget.cornersHelp}
          value={region.polygon}
          read={readCorners}
          write={writeCorners}
          lines={5}
          onChange={(polygon) => lab.draft.edit(setAt(['forget', 'polygon'], polygon))}
          testId="region-corners"
        />
      )}
    </>
  );
};
