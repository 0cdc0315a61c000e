/** The page of a lesson that a query asks for: `?lesson=ga-vs-npo&page=3`. Pages count from 1. */
export interface LessonQuery {
  readonly id: string;
  /** As it stands there; null where the query names none. */
  readonly page: string | null;
}

const KEYS = ['lesson', 'page'] as const;

/** What a query says about a lesson, or null. */
export const readLessonQuery = (search: string): LessonQuery | null => {
  const query = new URLSearchParams(search.slice(0, 10_000));
  const id = query.get('lesson');
  return id === null || id === '' ? null : { id, page: query.get('page') };
};

/** A query with another lesson, or with none; what else it says stays as it was written. */
export const withLesson = (search: string, lesson: { readonly id: string; readonly page: number } | null): string => {
  const others = search
    .replace(/^\?/, '')
    .split('&')
    .filter((part) => part !== '' && !KEYS.some((key) => part === key || part.startsWith(`${key}=`)));
  const own = lesson ? [`lesson=${encodeURIComponent(lesson.id)}`, `page=${lesson.page}`] : [];
  const parts = [...others, ...own];
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
};
