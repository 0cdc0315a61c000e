import type { Frame } from '../../families/points/shown.ts';
import type { ForgetSpec } from '../../scenario/format/scenario.ts';
import type { Pulls } from '../../sim/events.ts';
import type { PanelPoints } from '../../store/received/points.ts';
import { className, GROUND, type ThemeName } from '../theme/palette.ts';
import { type Difference, differenceOf } from './difference.ts';
import { letterPlaces, type PaintOptions, paintLetters, paintMap, paintPoints, toPixels } from './paint.ts';
import { paintDifference } from './paint-difference.ts';
import { paintPulls } from './paint-pulls.ts';
import { pullMarks } from './pulls.ts';

export interface PanelPicture {
  /** Undefined while the picture of this step is on its way: the one before stays. */
  readonly frame: Frame | undefined;
  readonly points: PanelPoints | undefined;
  /** Changes when the pictures come from elsewhere, so that nothing old is left. */
  readonly source: string;
  readonly region: ForgetSpec | undefined;
  /** What the picture is compared with: where the two predict different classes, it is hatched. */
  readonly reference?: Frame | undefined;
  /** How hard the forget examples are pulled, drawn over the points. */
  readonly pulls?: Pulls | undefined;
}

export interface PanelPainter {
  /** Gives what differs from the reference, where there is one. */
  readonly paint: (picture: PanelPicture) => Difference | null;
  /** Lets go of the canvas, which outlives the painter, and of what was drawn for it. */
  readonly dispose: () => void;
}

const REGION_COLOR: Readonly<Record<ThemeName, string>> = { light: '#A3195B', dark: '#FF7EB0' };

const paintRegion = (
  context: CanvasRenderingContext2D,
  region: ForgetSpec | undefined,
  points: PanelPoints,
  { theme, width }: PaintOptions,
): void => {
  if (region?.kind !== 'region' || points.isProjected) return;
  const map = toPixels(points.extent, width);
  context.strokeStyle = REGION_COLOR[theme];
  context.lineWidth = 2;
  context.setLineDash([5, 4]);
  context.beginPath();
  if ('disc' in region) {
    const { center, radius } = region.disc;
    const scale = map.x(radius) - map.x(0);
    const height = map.y(0) - map.y(radius);
    context.ellipse(map.x(center[0]), map.y(center[1]), scale, height, 0, 0, 2 * Math.PI);
  } else {
    for (const [x, y] of region.polygon) context.lineTo(map.x(x), map.y(y));
    context.closePath();
  }
  context.stroke();
  context.setLineDash([]);
};

/** Paints one panel. The points are drawn once per size and kept as a layer of their own. */
export const createPanelPainter = (canvas: HTMLCanvasElement, theme: ThemeName): PanelPainter => {
  const layer = document.createElement('canvas');
  let layerKey = '';
  let layerPoints: PanelPoints | undefined;
  let kept: { readonly source: string; readonly frame: Frame } | null = null;
  /** What is on the canvas; while a run goes on, most changes of the page concern other panels. */
  let painted: readonly unknown[] = [];
  let difference: Difference | null = null;
  const onRestored = (): void => {
    painted = []; // the browser has cleared it
  };
  canvas.addEventListener('contextrestored', onRestored);

  const sized = (target: HTMLCanvasElement, pixels: number): void => {
    if (target.width === pixels && target.height === pixels) return;
    target.width = pixels;
    target.height = pixels;
  };

  const prepared = (target: HTMLCanvasElement, ratio: number): CanvasRenderingContext2D | null => {
    const context = target.getContext('2d');
    context?.setTransform(ratio, 0, 0, ratio, 0, 0);
    return context;
  };

  /** Points whose colour says what is predicted change with every frame; the others do not. */
  const pointsLayer = (points: PanelPoints, options: PaintOptions, pixels: number): HTMLCanvasElement => {
    const key = `${pixels}`;
    if (layerPoints === points && layerKey === key) return layer;
    layerPoints = points;
    layerKey = key;
    sized(layer, pixels);
    const context = prepared(layer, options.ratio);
    if (!context) return layer;
    context.clearRect(0, 0, options.width, options.width);
    paintPoints(context, points, options);
    const map = toPixels(points.extent, options.width);
    const places = letterPlaces(points).map(({ label, index }) => ({
      letter: className(label),
      x: map.x(points.x2[2 * index] as number),
      y: map.y(points.x2[2 * index + 1] as number),
    }));
    paintLetters(context, places, options);
    return layer;
  };

  return {
    dispose: () => {
      canvas.removeEventListener('contextrestored', onRestored);
      layer.width = 0;
    },
    paint: ({ frame, points, source, region, reference, pulls }) => {
      const width = Math.round(canvas.clientWidth);
      if (width === 0) return difference;
      const ratio = Math.min(2, window.devicePixelRatio || 1);
      const pixels = Math.round(width * ratio);
      if (frame) kept = { source, frame };
      const picture = kept?.source === source ? kept.frame : undefined;
      const now = [pixels, width, picture, points, region, reference, pulls];
      if (now.every((part, i) => part === painted[i])) return difference;
      painted = now;
      difference = picture && reference ? differenceOf(picture, reference) : null;
      sized(canvas, pixels);
      const context = prepared(canvas, ratio);
      if (!context) return difference;
      const options: PaintOptions = { theme, width, ratio };
      context.fillStyle = GROUND[theme].paper;
      context.fillRect(0, 0, width, width);
      canvas.dataset['picture'] = picture ? picture.kind : 'none';
      if (!points) return difference;
      if (picture?.kind === 'points') {
        paintPoints(context, points, options, (index) => picture.winner[index] ?? (points.y[index] as number));
        if (difference) paintDifference(context, difference, points, options);
        if (pulls) paintPulls(context, pullMarks(pulls, points), options);
        return difference;
      }
      if (picture) paintMap(context, picture, points.classes, options);
      if (difference) paintDifference(context, difference, points, options);
      context.drawImage(pointsLayer(points, options, pixels), 0, 0, width, width);
      paintRegion(context, region, points, options);
      if (pulls) paintPulls(context, pullMarks(pulls, points), options);
      return difference;
    },
  };
};
