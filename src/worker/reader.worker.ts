import { toWire } from '../engine/base/errors.ts';
import { readDocument } from '../scenario/document/document.ts';
import { FormulasNotLoaded, withFormulas } from '../scenario/formula/loaded.ts';
import type { ReadAnswer, ReadOrder } from './reader.ts';

/** Reads one document and says what it holds; whoever started this worker then ends it. */
self.addEventListener('message', ({ data: { content, library } }: MessageEvent<ReadOrder>) =>
  withFormulas(() => {
    let answer: ReadAnswer;
    try {
      answer = { document: readDocument(content, 'strict', library) };
    } catch (thrown) {
      if (thrown instanceof FormulasNotLoaded) throw thrown;
      answer = { error: toWire(thrown) };
    }
    self.postMessage(answer);
  }),
);
