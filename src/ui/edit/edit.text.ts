import { caps } from '../../scenario/format/defaults.ts';
import type { PaintFault } from '../../scenario/points/paint.ts';
import { counted } from '../format.ts';
import { catalogue } from '../text/language.ts';

const n = (value: number): string => value.toLocaleString('en');

const faults: Readonly<Record<PaintFault, string>> = {
  'too-few-classes':
    'Paint points of at least two classes. Until then nothing is computed and your earlier points are kept: Undo brings them back.',
  'no-test': 'There are no test points left. Paint some more: every touch of the brush adds test points too.',
  'nothing-to-forget':
    'Now no point is to be forgotten. Choose some; until then the earlier forget set is kept: Undo brings it back.',
  'nothing-to-keep':
    'Now every point is to be forgotten. Leave some to keep; until then the earlier forget set is kept.',
};

/** The words of the point editor. */
export const editText = catalogue('edit/edit', {
  title: 'Your points',
  openData: 'Paint points …',
  openForget: 'Brush or lasso …',
  wait: 'The points are being drawn …',
  plane: 'Plane of the points',
  tools: {
    paint: 'Paint',
    erase: 'Erase',
    move: 'Move',
    forget: 'Forget',
    keep: 'Keep',
    lasso: 'Lasso',
  },
  hints: {
    paint: 'Drag to paint points of the chosen class.',
    erase: 'Drag over points to remove them.',
    move: 'Drag a point somewhere else.',
    forget: 'Drag over the points to forget.',
    keep: 'Drag over points to keep them after all.',
    lasso: 'Draw around the points to forget.',
  },
  groups: { points: 'Points', forget: 'Forget set' },
  classes: 'Class to paint',
  size: 'Brush size',
  sizeHelp: 'The radius of the ring, as a share of the width of the plane.',
  density: 'Points per touch',
  densityHelp: 'How many training points each touch of the brush adds; it adds as many test points.',
  region: 'Forget the region, not the points',
  regionHelp:
    'The outline itself becomes the forget set: fresh test points inside it count as forgotten, too. Otherwise the points inside are listed one by one.',
  undo: 'Undo',
  redo: 'Redo',
  clear: 'Remove all points',
  none: 'Forget none',
  invert: 'Swap forget and keep',
  legend: { retain: 'training point', forget: 'to be forgotten', test: 'test point' },
  testNote:
    'Each touch of the brush adds test points (○) from the same ring as the training points. The same strokes give the same points.',
  convert: 'With the first stroke, the points become your own and are stored in the link.',
  projected:
    'These points have more than two coordinates; this is a projection. You can select points here, but not paint or move them.',
  counts: (train: number, test: number) => `${counted(train, 'training point')}, ${counted(test, 'test point')}`,
  chosen: (forget: number, of: number, classes: string) =>
    `${n(forget)} of ${n(of)} to be forgotten${classes === '' ? '' : ` (${classes})`}`,
  ofClass: (name: string, count: number) => `${name}: ${n(count)}`,
  full: `There are ${n(caps.points)} points of one kind, which is the limit. Erase some to paint more.`,
  faults,
  keyboard:
    'Arrow keys move the ring (with Shift, farther), N and P go to the next and previous point, + and - change the size of the ring. Space uses the tool: Move picks a point up and puts it down; Lasso sets a corner, and Enter closes the outline.',
  keysTitle: 'Keyboard',
  area: (tool: string) => `Drawing area, tool ${tool}`,
  ring: (x: string, y: string, under: string) => `Ring at ${x}, ${y}: ${under}`,
  under: (count: number) => (count === 0 ? 'no points' : counted(count, 'point')),
  corners: (count: number) => `${counted(count, 'corner')} of the outline`,
  taken: 'Point picked up: arrow keys move it, Space puts it down.',
  table: {
    open: 'Points as a table',
    caption: 'Training points',
    index: 'No.',
    x: 'x₁',
    y: 'x₂',
    label: 'Class',
    forget: 'Forget',
    forgetOne: (index: number) => `Forget point ${index}`,
    earlier: 'Earlier',
    later: 'Later',
    range: (from: number, to: number, of: number) => `${n(from)} – ${n(to)} of ${n(of)}`,
  },
});
