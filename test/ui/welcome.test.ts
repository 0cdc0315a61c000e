import { describe, expect, it } from 'vitest';
import { lessons } from '../../src/scenario/lesson/lessons.ts';
import { spelledOut } from '../../src/ui/compare/panels.ts';
import { FIRST_LESSON } from '../../src/ui/compare/Welcome.tsx';

describe('the first screen', () => {
  it('offers a lesson that exists, with the minutes that it takes', () => {
    const lesson = lessons.find(({ id }) => id === FIRST_LESSON.id);
    expect(lesson?.minutes).toBe(FIRST_LESSON.minutes);
    expect(lessons[0]).toBe(lesson);
  });

  it('spells methods out below their short names', () => {
    expect(spelledOut('Gradient ascent (GA)')).toBe('Gradient ascent');
    expect(spelledOut('NPO with retain term (NPO+RT)')).toBe('NPO with retain term');
    expect(spelledOut('Retrain')).toBe('Retrain');
  });
});
