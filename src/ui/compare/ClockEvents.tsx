import { useMemo } from 'react';
import type { VariantInfo } from '../../scenario/format/variants.ts';
import { tickIndex } from '../../store/clock/ticks.ts';
import { collapseStep, commonStep, divergenceStep } from '../../store/numbers/series.ts';
import { useLabState } from '../hooks/lab.ts';
import { useThemeName } from '../hooks/theme.ts';
import { MarkerShape } from '../shell/Marker.tsx';
import { text } from '../text.ts';
import { stylesOf } from './panels.ts';

const NONE: readonly VariantInfo[] = [];

/** Marks under the scrubber where a run collapsed or diverged. The panels' chips say the same in words. */
export const ClockEvents = ({ ticks }: { readonly ticks: readonly number[] }) => {
  const theme = useThemeName();
  const variants = useLabState(({ run }) => run.shown?.collector.variants ?? NONE);
  const joined = useLabState(({ run }) =>
    (run.shown?.collector.variants ?? [])
      .map(({ variant }) =>
        run.shown
          ? `${commonStep(run.shown.collector, variant, collapseStep) ?? ''}/${commonStep(run.shown.collector, variant, divergenceStep) ?? ''}`
          : '',
      )
      .join(),
  );
  const styles = useMemo(() => stylesOf(variants), [variants]);
  const last = Math.max(1, ticks.length - 1);
  const events = variants.flatMap(({ label }, i) => {
    const [collapsed = '', diverged = ''] = joined.split(',')[i]?.split('/') ?? [];
    const style = styles[i];
    if (!style) return [];
    return [
      { what: text.clock.collapsed, at: collapsed },
      { what: text.clock.diverged, at: diverged },
    ]
      .filter(({ at }) => at !== '')
      .map(({ what, at }) => ({ label, style, what, step: Number(at) }));
  });
  return (
    <div className="clock__events" aria-hidden="true">
      {events.map(({ label, style, what, step }) => (
        <svg
          key={`${label} ${what}`}
          className="clock__event"
          viewBox="-6 -8 12 16"
          style={{ '--at': tickIndex(ticks, step) / last, color: style.color[theme] } as React.CSSProperties}
        >
          <title>{text.clock.event(label, what, step)}</title>
          <path d="M0 -8V-5" stroke="currentColor" strokeWidth={2} />
          <MarkerShape style={style} size={9} />
        </svg>
      ))}
    </div>
  );
};
