import type { ShownCurve } from '../../families/numbers/shown.ts';
import type { ShownQuestions } from '../../families/text/shown.ts';
import type { Scenario } from '../../scenario/format/scenario.ts';
import type { DataEvent } from '../../sim/collector.ts';
import type { Command, Message, Port } from '../../worker/protocol.ts';
import { type PanelPoints, panelPoints } from '../received/points.ts';
import { nextRequest } from './request-ids.ts';

/** What a small picture of an experiment shows: its points or pairs of numbers, or a question that is to be forgotten. */
export type Sketch =
  | { readonly kind: 'points'; readonly points: Pick<PanelPoints, 'x2' | 'y' | 'isForget' | 'extent'> }
  | { readonly kind: 'question'; readonly question: string; readonly answer: string };

export interface Sketches {
  /** The data of an experiment that is not open; null where there is nothing to draw. Each is asked for once. */
  readonly of: (scenario: Scenario) => Promise<Sketch | null>;
}

const sketchIn = (data: DataEvent | undefined): Sketch | null => {
  if (!data) return null;
  const points = panelPoints(data);
  if (points) return { kind: 'points', points };
  const { shown, forget } = data;
  if (shown.kind === 'curve') {
    const { x, y, extent } = shown as ShownCurve;
    const x2 = Float32Array.from({ length: 2 * x.length }, (_, i) => (i % 2 ? y : x)[i >> 1] as number);
    const isForget = new Uint8Array(x.length);
    for (const index of forget) isForget[index] = 1;
    return { kind: 'points', points: { x2, y: new Int32Array(x.length), isForget, extent } };
  }
  if (shown.kind === 'questions') {
    const one = (shown as ShownQuestions).questions.find(({ set }) => set === 'forget');
    return one ? { kind: 'question', question: one.question, answer: one.answer } : null;
  }
  return null;
};

/** Asks the worker what experiments look like before they are opened. */
export const createSketches = ({ post, listen }: Port<Message, Command>): Sketches => {
  const waiting = new Map<number, (data: DataEvent | undefined) => void>();
  const known = new Map<string, Promise<Sketch | null>>();
  listen((message) => {
    if (message.type !== 'sketched' && message.type !== 'error') return;
    const { requestId = 0 } = message;
    waiting.get(requestId)?.(message.type === 'sketched' ? message.data : undefined);
    waiting.delete(requestId);
  });
  return {
    of: (scenario) => {
      const key = JSON.stringify([
        scenario.family,
        scenario.data,
        scenario.forget,
        scenario.requests,
        scenario.seeds[0],
      ]);
      const before = known.get(key);
      if (before) return before;
      const requestId = nextRequest();
      const asked = new Promise<DataEvent | undefined>((resolve) => waiting.set(requestId, resolve)).then(sketchIn);
      known.set(key, asked);
      post({ type: 'sketch', requestId, scenario });
      return asked;
    },
  };
};
