import type { DocumentBase, DocumentKind, Fields } from '../read/document-kind.ts';
import type { Lesson } from './lesson.ts';
import { LESSON_VERSION, parseLesson } from './parse.ts';

export interface LessonDocument extends DocumentBase<'lesson'> {
  readonly lesson: Lesson;
  /** As its file holds it, to be passed on. */
  readonly source: Fields;
}

declare module '../read/document-kind.ts' {
  interface Documents {
    readonly lesson: LessonDocument;
  }
}

export default {
  kind: 'lesson',
  version: LESSON_VERSION,
  is: ({ kind }) => kind === 'lesson',
  looksLike: ({ pages }) => Array.isArray(pages),
  read: (source, { catalogue, presets }) => ({
    kind: 'lesson',
    repairs: [],
    lesson: parseLesson(source, catalogue, presets),
    source,
  }),
  write: ({ source }) => source,
} satisfies DocumentKind<'lesson'>;
