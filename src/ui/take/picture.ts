// A part of the page as an SVG of its own: drawings are cloned with their computed styles, words of HTML become text where
// they stand, canvases become embedded images. Nothing in it refers to the page or to any other file.

import { withoutTurns } from '../../scenario/files/exported.ts';

const SVG = 'http://www.w3.org/2000/svg';
/** What of a computed style an SVG element may carry as an attribute. */
const PROPERTIES = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-opacity',
  'stroke-dasharray',
  'stroke-linecap',
  'stroke-linejoin',
  'opacity',
  'visibility',
  'font-family',
  'font-size',
  'font-weight',
  'text-anchor',
  'dominant-baseline',
  'paint-order',
] as const;
const PADDING = 12;
const LINE = 14;

interface Raster {
  readonly canvas: HTMLCanvasElement;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A picture ready to be saved. */
interface Picture {
  /** With its canvases as embedded images. */
  readonly svg: () => string;
  /** In device-independent pixels times `scale`. */
  readonly png: (scale: number) => Promise<Blob>;
}

/** Of no window: an image in it is not loaded, so the page's policy has nothing to say about it. */
const sheet = (): Document => document.implementation.createDocument(SVG, 'svg', null);

const make = (name: string, attributes: Readonly<Record<string, string | number>>, content?: string): SVGElement => {
  const element = sheet().createElementNS(SVG, name) as SVGElement;
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  if (content !== undefined) element.textContent = content;
  return element;
};

const isShown = (element: Element): boolean => element.checkVisibility({ visibilityProperty: true });

/** A drawing with the looks that the page's style sheets give it. */
const styledClone = (drawing: SVGSVGElement): SVGSVGElement => {
  const clone = drawing.cloneNode(true) as SVGSVGElement;
  const originals = [drawing, ...drawing.querySelectorAll('*')];
  const copies = [clone, ...clone.querySelectorAll('*')];
  for (const [index, original] of originals.entries()) {
    const copy = copies[index] as Element;
    const style = getComputedStyle(original);
    if (style.display === 'none' && original.tagName !== 'defs') copy.setAttribute('display', 'none');
    for (const { name } of [...copy.attributes]) {
      if (/^(class|style|tabindex|role|data-.*|aria-.*|on.*)$/.test(name)) copy.removeAttribute(name);
    }
    for (const property of PROPERTIES) {
      const value = style.getPropertyValue(property);
      if (value !== '' && !value.includes('var(')) copy.setAttribute(property, value);
    }
  }
  return clone;
};

/** The lines of a text as it is broken on the page. */
const linesOf = (node: Text): readonly { readonly words: string; readonly rect: DOMRect }[] => {
  const range = document.createRange();
  const lines: { words: string; rect: DOMRect }[] = [];
  for (const match of node.data.matchAll(/\S+\s*/g)) {
    range.setStart(node, match.index);
    range.setEnd(node, match.index + match[0].trimEnd().length);
    const [rect] = range.getClientRects();
    if (!rect || rect.width === 0) continue;
    const last = lines.at(-1);
    if (last && Math.abs(last.rect.top - rect.top) < rect.height / 2) last.words += match[0];
    else lines.push({ words: match[0], rect });
  }
  return lines;
};

const isPainted = (color: string): boolean => color !== '' && !/^(transparent|rgba\(.*, 0\))$/.test(color);

/** Everything below an element, in its order on the page. */
const walk = (
  element: Element,
  origin: DOMRect,
  measure: CanvasRenderingContext2D,
  out: SVGElement,
  rasters: Raster[],
): void => {
  if (!isShown(element) || element.matches('.hidden-text, .info, button:has(> .icon)')) return;
  const rect = element.getBoundingClientRect();
  const place = { x: rect.left - origin.left, y: rect.top - origin.top, width: rect.width, height: rect.height };
  if (element instanceof HTMLCanvasElement) {
    rasters.push({ canvas: element, ...place });
    return;
  }
  if (element instanceof SVGSVGElement) {
    const clone = styledClone(element);
    for (const [key, value] of Object.entries(place)) clone.setAttribute(key, String(value));
    out.append(clone);
    return;
  }
  const style = getComputedStyle(element);
  if (isPainted(style.backgroundColor) && element.childElementCount + element.textContent.length > 0) {
    const rx = Number.parseFloat(style.borderTopLeftRadius) || 0;
    out.append(make('rect', { ...place, rx, fill: style.backgroundColor }));
  }
  const stripe = Number.parseFloat(style.borderTopWidth);
  if (stripe > 2) out.append(make('rect', { ...place, height: stripe, fill: style.borderTopColor }));
  for (const child of element.childNodes) {
    if (child instanceof Element) walk(child, origin, measure, out, rasters);
    else if (child instanceof Text) {
      measure.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
      const { fontBoundingBoxAscent: ascent, fontBoundingBoxDescent: descent } = measure.measureText('x');
      for (const { words, rect: line } of linesOf(child)) {
        const attributes = {
          x: line.left - origin.left,
          y: line.top - origin.top + (line.height * ascent) / (ascent + descent),
          fill: style.color,
          'font-family': style.fontFamily,
          'font-size': style.fontSize,
          'font-weight': style.fontWeight,
        };
        out.append(make('text', attributes, words.trimEnd()));
      }
    }
  }
};

/** Cuts a text into lines of at most so many characters; a link has no spaces to break at. */
export const wrapped = (words: string, most: number): readonly string[] => {
  const lines: string[] = [];
  for (const word of words.split(/\s+/).filter((one) => one !== '')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= most) lines[lines.length - 1] = `${last} ${word}`;
    else for (let at = 0; at < word.length; at += most) lines.push(word.slice(at, at + most));
  }
  return lines;
};

/** Control characters and halves of letters are no XML, however they are escaped; nor may a name turn a line around. */
export const xmlText = (words: string): string =>
  withoutTurns(words).replaceAll(/[\p{Cc}\p{Cs}\ufffe\uffff]/gu, (letter) => (/[\t\n\r]/.test(letter) ? letter : ''));

/** Takes a picture of a part of the page as it is now. `caption`: lines below it. */
export const takePicture = (target: Element, caption: readonly string[]): Picture => {
  const origin = target.getBoundingClientRect();
  const root = getComputedStyle(document.documentElement);
  const paper = root.getPropertyValue('--paper').trim() || '#ffffff';
  const ink = root.getPropertyValue('--ink-2').trim() || '#444444';
  const measure = document.createElement('canvas').getContext('2d') as CanvasRenderingContext2D;
  const rasters: Raster[] = [];
  const body = make('g', { transform: `translate(${PADDING} ${PADDING})` });
  walk(target, origin, measure, body, rasters);
  const width = Math.ceil(origin.width) + 2 * PADDING;
  const lines = caption.flatMap((line) =>
    wrapped(xmlText(line), Math.max(20, Math.floor((width - 2 * PADDING) / 6.2))),
  );
  const top = Math.ceil(origin.height) + 2 * PADDING;
  const height = top + lines.length * LINE + (lines.length > 0 ? PADDING / 2 : 0);
  const notes = lines.map((line, i) => {
    const attributes = {
      x: PADDING,
      y: top + i * LINE + 9,
      fill: ink,
      'font-family': 'monospace',
      'font-size': '10px',
    };
    return make('text', attributes, line);
  });
  const whole = (layers: readonly Node[]): string => {
    const svg = make('svg', { width, height, viewBox: `0 0 ${width} ${height}` });
    svg.append(...layers.map((layer) => layer.cloneNode(true)));
    return xmlText(new XMLSerializer().serializeToString(svg));
  };
  const ground = make('rect', { width, height, fill: paper });
  // Boxes of HTML go below the canvases that stand on them, drawings and words above.
  const below = make('g', { transform: `translate(${PADDING} ${PADDING})` });
  below.append(...[...body.children].filter(({ tagName }) => tagName === 'rect'));
  return {
    svg: () => {
      const images = rasters.map(({ canvas, ...place }) => {
        const at = { ...place, x: place.x + PADDING, y: place.y + PADDING };
        return make('image', { ...at, href: canvas.toDataURL('image/png') });
      });
      return whole([ground, below, ...images, body, ...notes]);
    },
    png: async (scale) => {
      const canvas = document.createElement('canvas');
      canvas.width = Math.round(width * scale);
      canvas.height = Math.round(height * scale);
      const context = canvas.getContext('2d') as CanvasRenderingContext2D;
      context.scale(scale, scale);
      const draw = async (layers: readonly Node[]): Promise<void> => {
        const url = URL.createObjectURL(new Blob([whole(layers)], { type: 'image/svg+xml' }));
        try {
          const image = new Image();
          image.src = url;
          await image.decode();
          context.drawImage(image, 0, 0, width, height);
        } finally {
          URL.revokeObjectURL(url);
        }
      };
      await draw([ground, below]);
      for (const { canvas: raster, ...place } of rasters) {
        context.drawImage(raster, place.x + PADDING, place.y + PADDING, place.width, place.height);
      }
      await draw([body, ...notes]);
      return new Promise((resolve, reject) => {
        canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('The browser made no PNG.'))), 'image/png');
      });
    },
  };
};
