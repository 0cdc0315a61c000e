import { toWire } from '../engine/base/errors.ts';
import { readDocument } from '../scenario/document/document.ts';
import type { ReadAnswer, ReadOrder } from './reader.ts';

/** Reads one document and says what it holds; whoever started this worker then ends it. */
self.addEventListener('message', ({ data: { content, library } }: MessageEvent<ReadOrder>) => {
  let answer: ReadAnswer;
  try {
    answer = { document: readDocument(content, 'strict', library) };
  } catch (thrown) {
    answer = { error: toWire(thrown) };
  }
  self.postMessage(answer);
});
