import { pageValues, withoutPageKeys } from '../../scenario/links/pairs.ts';

/** The page of a lesson that a query asks for: `?lesson=ga-vs-npo&page=3`. Pages count from 1. */
export interface LessonQuery {
  readonly id: string;
  /** As it stands there; null where the query names none. */
  readonly page: string | null;
}

/** What a query says about a lesson, or null. */
export const readLessonQuery = (search: string): LessonQuery | null => {
  const query = pageValues(search);
  const id = query.get('lesson') ?? '';
  return id === '' ? null : { id, page: query.get('page') ?? null };
};

/** A query with another lesson, or with none; what else it says stays as it was written. */
export const withLesson = (search: string, lesson: { readonly id: string; readonly page: number } | null): string => {
  const own = lesson ? [`lesson=${encodeURIComponent(lesson.id)}`, `page=${lesson.page}`] : [];
  const parts = [...withoutPageKeys(search, ['lesson', 'page']), ...own];
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
};
