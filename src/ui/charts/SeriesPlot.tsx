import { memo, useMemo } from 'react';
import { Area, CartesianGrid, ComposedChart, Line, ReferenceLine, Tooltip, XAxis, YAxis } from 'recharts';
import { percent } from '../format.ts';
import { text } from '../text.ts';
import type { ThemeName } from '../theme/palette.ts';
import { RETRAINED_STYLE } from '../theme/series.ts';
import { type CurveSet, rowsOf } from './data.ts';
import { marginsOf } from './geometry.ts';

interface Props {
  readonly set: CurveSet;
  readonly name: string;
  readonly total: number;
  readonly hasBands: boolean;
  readonly width: number;
  readonly height: number;
  readonly hasXAxis: boolean;
  readonly theme: ThemeName;
  /** How much larger than on a desk the type is. */
  readonly scale: number;
}

const TICKS = [0, 0.5, 1];
const TYPE = 12;

interface TooltipProps {
  readonly set: CurveSet;
  readonly name: string;
  readonly label?: string | number | undefined;
  readonly active?: boolean | undefined;
}

/** The medians at the step under the pointer or the keyboard's cursor. */
const StepTooltip = ({ set, name, label, active }: TooltipProps) => {
  if (!active || label === undefined) return null;
  return (
    <div className="chart__tooltip">
      <b>{text.clock.at(Number(label), set.curves[0]?.points.at(-1)?.step ?? 0)}</b>
      <div className="muted">{name}</div>
      {set.curves.map(({ variant, label: run, points }) => (
        <div key={variant}>
          {run}: {percent(points.find(({ step }) => step === Number(label))?.band.median)}
        </div>
      ))}
    </div>
  );
};

/** What recharts is told of a curve; as text, since a run that grows makes new objects of the same look. */
const looksOf = (set: CurveSet, theme: ThemeName): string =>
  JSON.stringify(
    set.curves.map(({ variant, style, each }) => [
      variant,
      style.color[theme],
      style.dash,
      each.map(({ seed }) => seed),
    ]),
  );

/** Bands and lines. Their elements stay the same while only numbers change: recharts then draws, and sets up nothing. */
const useSeries = (looks: string, hasBands: boolean, scale: number) =>
  useMemo(() => {
    const curves = JSON.parse(looks) as readonly (readonly [
      variant: number,
      color: string,
      dash: string,
      seeds: readonly number[],
    ])[];
    const bands = curves.map(([variant, color]) => (
      <Area
        key={`r${variant}`}
        dataKey={`r${variant}`}
        type="linear"
        stroke="none"
        fill={color}
        fillOpacity={0.16}
        isAnimationActive={false}
        activeDot={false}
        dot={false}
        connectNulls
      />
    ));
    const lines = curves.map(([variant, color, dash]) => (
      <Line
        key={`m${variant}`}
        dataKey={`m${variant}`}
        type="linear"
        stroke={color}
        strokeWidth={2 * scale}
        strokeDasharray={dash}
        isAnimationActive={false}
        dot={false}
        activeDot={{ r: 3 }}
        connectNulls
      />
    ));
    const single = curves.flatMap(([variant, color, , seeds]) =>
      seeds.map((seed) => (
        <Line
          key={`s${variant}/${seed}`}
          dataKey={`s${variant}/${seed}`}
          type="linear"
          stroke={color}
          strokeWidth={0.75}
          strokeOpacity={0.6}
          isAnimationActive={false}
          dot={false}
          activeDot={false}
          connectNulls
        />
      )),
    );
    return hasBands ? [...bands, ...single, ...lines] : lines;
  }, [looks, hasBands, scale]);

/** Grid and axes, likewise. */
const useAxes = (total: number, hasXAxis: boolean, scale: number) =>
  useMemo(() => {
    const { xAxis, yAxis } = marginsOf(scale);
    const tickStyle = { fill: 'var(--ink-2)', fontSize: TYPE * scale };
    return [
      <CartesianGrid key="grid" vertical={false} stroke="var(--line)" />,
      <XAxis
        key="x"
        dataKey="step"
        type="number"
        domain={[0, total]}
        allowDataOverflow
        tickCount={5}
        height={hasXAxis ? xAxis : 0.01}
        hide={!hasXAxis}
        stroke="var(--line-strong)"
        tick={tickStyle}
        tickMargin={2}
      />,
      <YAxis
        key="y"
        domain={[0, 1]}
        ticks={TICKS}
        width={yAxis}
        tickFormatter={percent}
        stroke="var(--line-strong)"
        tick={tickStyle}
        tickMargin={2}
        allowDataOverflow
      />,
    ];
  }, [total, hasXAxis, scale]);

/** One small multiple: medians as lines, ranges as bands, the retrained model dashed. */
export const SeriesPlot = memo((props: Props) => {
  const { set, name, total, hasBands, width, height, hasXAxis, theme, scale } = props;
  const rows = useMemo(() => rowsOf(set.curves), [set]);
  const margin = useMemo(() => {
    const { top, labels, bottom } = marginsOf(scale);
    return { top, right: labels, bottom: hasXAxis ? 0 : bottom, left: 0 };
  }, [hasXAxis, scale]);
  const axes = useAxes(total, hasXAxis, scale);
  const series = useSeries(looksOf(set, theme), hasBands, scale);
  return (
    <ComposedChart width={width} height={height} data={rows as Record<string, unknown>[]} margin={margin} title={name}>
      {axes}
      <Tooltip
        isAnimationActive={false}
        content={({ label, active }) => <StepTooltip set={set} name={name} label={label} active={active} />}
      />
      {set.retrained ? (
        <ReferenceLine
          y={set.retrained.median}
          stroke={RETRAINED_STYLE.color[theme]}
          strokeDasharray={RETRAINED_STYLE.dash}
          strokeWidth={1.5}
        />
      ) : null}
      {series}
    </ComposedChart>
  );
});
