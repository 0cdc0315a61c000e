import { useEffect, useRef, useState } from 'react';
import type { Scenario } from '../../../scenario/format/scenario.ts';
import type { Sketch } from '../../../store/run/sketches.ts';
import { paintPoints } from '../../canvas/paint.ts';
import { useLab } from '../../hooks/lab.ts';
import { useThemeName } from '../../hooks/theme.ts';

/** CSS pixels of a side. */
const SIZE = 80;

/** What an experiment is about: its own data with what is to be forgotten, drawn when its card comes into sight. */
export const SketchPicture = ({ scenario }: { readonly scenario: Scenario }) => {
  const lab = useLab();
  const theme = useThemeName();
  const place = useRef<HTMLSpanElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [sketch, setSketch] = useState<Sketch | null>(null);

  useEffect(() => {
    const element = place.current;
    if (!element) return undefined;
    let isGone = false;
    const observer = new IntersectionObserver(([entry]) => {
      if (!entry?.isIntersecting) return;
      observer.disconnect();
      void lab.sketches.of(scenario).then((found) => {
        if (!isGone) setSketch(found);
      });
    });
    observer.observe(element);
    return () => {
      isGone = true;
      observer.disconnect();
    };
  }, [lab, scenario]);

  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context || sketch?.kind !== 'points') return;
    const ratio = window.devicePixelRatio || 1;
    element.width = SIZE * ratio;
    element.height = SIZE * ratio;
    context.scale(ratio, ratio);
    paintPoints(context, sketch.points, { theme, width: SIZE, ratio });
  }, [sketch, theme]);

  return (
    <span
      ref={place}
      className="sketch"
      data-family={scenario.family}
      data-kind={sketch?.kind ?? 'none'}
      aria-hidden="true"
      data-testid="sketch"
    >
      {sketch?.kind === 'points' ? <canvas ref={canvas} className="sketch__points" /> : null}
      {sketch?.kind === 'question' ? (
        <span className="sketch__words" lang="en">
          <span>{sketch.question}</span>
          <s>{sketch.answer}</s>
        </span>
      ) : null}
    </span>
  );
};
