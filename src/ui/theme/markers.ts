/** Shapes in a 12 x 12 box. Never ✕ or ●: those two mean forget and retain. */
export type MarkerShape =
  | 'triangle-down'
  | 'triangle-up'
  | 'triangle-left'
  | 'triangle-right'
  | 'square'
  | 'diamond'
  | 'hexagon'
  | 'sparkle'
  | 'star'
  | 'ring'
  | 'bar'
  | 'cross-bar';

/** SVG path data, also good for Path2D. */
export const MARKER_PATHS: Readonly<Record<MarkerShape, string>> = {
  'triangle-down': 'M1 2H11L6 11Z',
  'triangle-up': 'M6 1L11 10H1Z',
  'triangle-left': 'M10 1V11L1 6Z',
  'triangle-right': 'M2 1L11 6L2 11Z',
  square: 'M2 2H10V10H2Z',
  diamond: 'M6 .6L11.4 6L6 11.4L.6 6Z',
  hexagon: 'M6 .8L10.6 3.4V8.6L6 11.2L1.4 8.6V3.4Z',
  sparkle: 'M6 .2L7.5 4.5L11.8 6L7.5 7.5L6 11.8L4.5 7.5L.2 6L4.5 4.5Z',
  star: 'M6 .4L7.6 4.2L11.7 4.5L8.6 7.2L9.6 11.2L6 9L2.4 11.2L3.4 7.2L.3 4.5L4.4 4.2Z',
  ring: 'M6 1.4A4.6 4.6 0 1 1 5.99 1.4Z',
  bar: 'M4 .8H8V11.2H4Z',
  'cross-bar': 'M4.4 .8H7.6V4.4H11.2V7.6H7.6V11.2H4.4V7.6H.8V4.4H4.4Z',
};

/** Taken in this order when a family's own marker is in use already. */
export const SPARE_MARKERS: readonly MarkerShape[] = [
  'diamond',
  'triangle-up',
  'hexagon',
  'triangle-left',
  'sparkle',
  'triangle-right',
  'bar',
  'cross-bar',
  'square',
  'triangle-down',
];
