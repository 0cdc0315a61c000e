import { type Fields, packLink, unpackLink } from '../links/link.ts';
import { isObject } from '../read/check.ts';
import { isLesson } from './lesson.ts';

/** The part of a link after '#' that opens a lesson, as its file holds it. @throws {SimError} link/too-large */
export const encodeLesson = (input: Fields): string => packLink(input);

/** What a link holds if that is a lesson, still to be parsed; undefined for anything else, damaged ones included. */
export const lessonInLink = (hash: string): Fields | undefined => {
  try {
    const { fields } = unpackLink(hash);
    return isObject(fields) && isLesson(fields) ? fields : undefined;
  } catch {
    return undefined;
  }
};
