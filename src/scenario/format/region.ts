import type { Region } from './scenario.ts';

/** Whether a place lies in a region. Even-odd rule for a polygon; a disc includes its rim. */
export const contains = (region: Region, x: number, y: number): boolean => {
  if ('disc' in region) {
    const { center, radius } = region.disc;
    const [dx, dy] = [x - center[0], y - center[1]];
    return dx * dx + dy * dy <= radius * radius;
  }
  const { polygon } = region;
  let isInside = false;
  polygon.forEach(([x1, y1], i) => {
    const [x0, y0] = polygon.at(i - 1) as readonly [number, number];
    if (y0 > y !== y1 > y && x < x0 + ((y - y0) / (y1 - y0)) * (x1 - x0)) isInside = !isInside;
  });
  return isInside;
};
