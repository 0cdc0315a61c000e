import type { Frame } from '../../families/points/shown.ts';
import type { PanelPoints } from '../../store/received/points.ts';
import { GROUND, POINT_RIM, pointColor, type ThemeName, tintTable } from '../theme/palette.ts';
import { isolines } from './isolines.ts';

export interface PaintOptions {
  readonly theme: ThemeName;
  /** CSS pixels. */
  readonly width: number;
  readonly ratio: number;
}

const tables = new Map<string, Uint32Array>();
const tableOf = (classes: number, theme: ThemeName): Uint32Array => {
  const key = `${theme}:${classes}`;
  const known = tables.get(key);
  if (known) return known;
  const made = tintTable(classes, theme);
  tables.set(key, made);
  return made;
};

let drawnBefore: HTMLCanvasElement | undefined;
/** The one canvas on which maps are made before they are scaled. */
const scratchCanvas = (): HTMLCanvasElement => {
  drawnBefore ??= document.createElement('canvas');
  return drawnBefore;
};

/** The map: tint by class, opacity by confidence, a 2 px line where the predicted class changes. */
export const paintMap = (
  context: CanvasRenderingContext2D,
  frame: Frame,
  classes: number,
  { theme, width }: PaintOptions,
): void => {
  const { size, winner, confidence } = frame;
  const scratch = scratchCanvas();
  if (scratch.width !== size) {
    scratch.width = size;
    scratch.height = size;
  }
  const inner = scratch.getContext('2d', { willReadFrequently: true });
  if (!inner) return;
  const image = inner.createImageData(size, size);
  const pixels = new Uint32Array(image.data.buffer);
  const table = tableOf(classes, theme);
  for (let cell = 0; cell < pixels.length; cell++) {
    pixels[cell] = table[(winner[cell] as number) * 256 + (confidence[cell] as number)] as number;
  }
  inner.putImageData(image, 0, 0);
  context.imageSmoothingEnabled = true;
  context.imageSmoothingQuality = 'high';
  context.drawImage(scratch, 0, 0, width, width);
  const scale = width / size;
  const lines = isolines(frame);
  context.strokeStyle = GROUND[theme].ink;
  context.globalAlpha = 0.85;
  context.lineWidth = 2;
  context.lineCap = 'round';
  context.beginPath();
  for (let i = 0; i < lines.length; i += 4) {
    context.moveTo((lines[i] as number) * scale, (lines[i + 1] as number) * scale);
    context.lineTo((lines[i + 2] as number) * scale, (lines[i + 3] as number) * scale);
  }
  context.stroke();
  context.globalAlpha = 1;
};

/** Data coordinates to CSS pixels in a square panel. */
export const toPixels = (extent: PanelPoints['extent'], width: number) => {
  const [xMin, xMax, yMin, yMax] = extent;
  return {
    x: (value: number): number => ((value - xMin) / (xMax - xMin)) * width,
    y: (value: number): number => ((yMax - value) / (yMax - yMin)) * width,
  };
};

const tracePoint = (
  context: CanvasRenderingContext2D,
  isForget: boolean,
  x: number,
  y: number,
  radius: number,
): void => {
  if (isForget) {
    context.moveTo(x - radius, y - radius);
    context.lineTo(x + radius, y + radius);
    context.moveTo(x + radius, y - radius);
    context.lineTo(x - radius, y + radius);
  } else {
    context.moveTo(x + radius, y);
    context.arc(x, y, radius, 0, 2 * Math.PI);
  }
};

/**
 * The training points: ● retain, ✕ forget, in a dark shade of their class with a light rim. `colorOf` gives the class
 * whose shade a point takes: its own, or the predicted one where there is no map below.
 */
export const paintPoints = (
  context: CanvasRenderingContext2D,
  points: Pick<PanelPoints, 'x2' | 'y' | 'isForget' | 'extent'>,
  { theme, width }: PaintOptions,
  colorOf: (index: number) => number = (index) => points.y[index] as number,
): void => {
  const count = points.y.length;
  const radius = Math.max(1.1, Math.min(2.6, width / 90, 60 / Math.sqrt(count)));
  const map = toPixels(points.extent, width);
  const order = [0, 1] as const;
  for (const isForget of order) {
    const byClass = new Map<number, Path2D>();
    for (let i = 0; i < count; i++) {
      if ((points.isForget[i] as number) !== isForget) continue;
      const label = colorOf(i);
      let path = byClass.get(label);
      if (!path) {
        path = new Path2D();
        byClass.set(label, path);
      }
      const [x, y] = [map.x(points.x2[2 * i] as number), map.y(points.x2[2 * i + 1] as number)];
      tracePoint(path as unknown as CanvasRenderingContext2D, isForget === 1, x, y, isForget ? radius * 1.25 : radius);
    }
    for (const [label, path] of byClass) {
      context.lineCap = 'round';
      if (isForget) {
        context.strokeStyle = POINT_RIM[theme];
        context.lineWidth = radius * 1.7;
        context.stroke(path);
        context.strokeStyle = pointColor(label, theme);
        context.lineWidth = radius * 0.8;
        context.stroke(path);
      } else {
        context.strokeStyle = POINT_RIM[theme];
        context.lineWidth = 1.5;
        context.stroke(path);
        context.fillStyle = pointColor(label, theme);
        context.fill(path);
      }
    }
  }
};

/** One letter per class, on the training point nearest to the class's mean. */
export const paintLetters = (
  context: CanvasRenderingContext2D,
  places: readonly { readonly letter: string; readonly x: number; readonly y: number }[],
  { theme }: PaintOptions,
): void => {
  context.font = '600 11px system-ui, sans-serif';
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  for (const { letter, x, y } of places) {
    context.fillStyle = GROUND[theme].paper;
    context.globalAlpha = 0.88;
    context.beginPath();
    context.arc(x, y, 8, 0, 2 * Math.PI);
    context.fill();
    context.globalAlpha = 1;
    context.fillStyle = GROUND[theme].ink;
    context.fillText(letter, x, y + 0.5);
  }
};

/** Where the letters go, in data coordinates. */
export const letterPlaces = (
  points: Pick<PanelPoints, 'x2' | 'y' | 'classes'>,
): readonly { readonly label: number; readonly index: number }[] => {
  const places: { label: number; index: number }[] = [];
  for (let label = 0; label < points.classes; label++) {
    const members: number[] = [];
    for (let i = 0; i < points.y.length; i++) if (points.y[i] === label) members.push(i);
    if (members.length === 0) continue;
    const mean = [0, 1].map(
      (axis) => members.reduce((sum, i) => sum + (points.x2[2 * i + axis] as number), 0) / members.length,
    );
    const distance = (i: number): number =>
      ((points.x2[2 * i] as number) - (mean[0] as number)) ** 2 +
      ((points.x2[2 * i + 1] as number) - (mean[1] as number)) ** 2;
    places.push({ label, index: members.reduce((best, i) => (distance(i) < distance(best) ? i : best)) });
  }
  return places;
};
