import { describe, expect, it } from 'vitest';
import { filesBelow, textOf } from './sources.ts';

describe('the course', () => {
  it('sends to experiments that there are, one station an experiment', () => {
    const course = textOf('docs/course.md');
    const stations = [...course.matchAll(/^\*\*Station (\d)\. .*\*\* `\?p=([\w-]+)`$/gm)].map(([, number, id]) => [
      number,
      id,
    ]);
    expect(stations.map(([number]) => number)).toEqual(['1', '2', '3', '4', '5', '6']);
    const shipped = filesBelow('seeds');
    for (const [, id] of stations) expect(shipped).toContain(`seeds/${id}.json`);
    for (const number of ['1', '2', '3', '4', '5', '6']) expect(course).toMatch(new RegExp(`\n${number}\\. \\S`));
  });
});
