import { toWire } from '../engine/base/errors.ts';
import { readDocument } from '../scenario/document/document.ts';
import { FormulasNotLoaded, withFormulas } from '../scenario/formula/loaded.ts';
import { sayAlive } from './life.ts';
import type { ReadAnswer, ReadOrder } from './reader.ts';

const said = sayAlive(navigator.locks, (message) => self.postMessage(message));

/** Reads one document and says what it holds; whoever started this worker then ends it. */
self.addEventListener('message', async ({ data: { content, library } }: MessageEvent<ReadOrder>) => {
  // Who reads hears and says nothing meanwhile.
  await said;
  withFormulas(() => {
    let answer: ReadAnswer;
    try {
      answer = { document: readDocument(content, 'strict', library) };
    } catch (thrown) {
      if (thrown instanceof FormulasNotLoaded) throw thrown;
      answer = { error: toWire(thrown) };
    }
    self.postMessage(answer);
  });
});
