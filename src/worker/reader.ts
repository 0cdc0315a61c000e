import { SimError, type WireError } from '../engine/base/errors.ts';
import { type LabDocument, readDocument } from '../scenario/document/document.ts';
import type { Library } from '../scenario/read/document-kind.ts';

/** What the worker that reads is told. */
export interface ReadOrder {
  readonly content: Uint8Array;
  readonly library: Library;
}

/** What it answers. */
export type ReadAnswer = { readonly document: LabDocument } | { readonly error: WireError };

/** The worker that reads, seen from outside. */
type ReaderWorker = Pick<Worker, 'postMessage' | 'addEventListener' | 'terminate'>;

/**
 * Reads large documents in a worker of their own, which is ended when it has answered, or when nobody waits any more.
 * Where it does not start the document is read here: later is better than not at all.
 *
 * @throws {SimError} as readDocument
 */
export const createReader =
  (spawn: () => ReaderWorker) =>
  (content: Uint8Array, library: Library, signal: AbortSignal): Promise<LabDocument> =>
    new Promise((resolve, reject) => {
      const worker = spawn();
      const end = (): void => worker.terminate();
      signal.addEventListener('abort', end, { once: true });
      worker.addEventListener('message', ({ data }: MessageEvent<ReadAnswer>) => {
        end();
        if ('document' in data) resolve(data.document);
        else reject(new SimError(data.error.code, data.error.message, data.error.faults));
      });
      worker.addEventListener('error', () => {
        end();
        try {
          resolve(readDocument(content, 'strict', library));
        } catch (thrown) {
          reject(thrown);
        }
      });
      worker.postMessage({ content, library } satisfies ReadOrder);
    });
