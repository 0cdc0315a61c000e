import { beforeEach, describe, expect, it } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { LabRun, LabState } from '../../src/store/contracts/state.ts';
import { createAnswerBook } from '../../src/store/received/answers.ts';
import { createFrameBook } from '../../src/store/received/frames.ts';
import { createQuestions } from '../../src/store/run/questions.ts';
import type { Command } from '../../src/worker/protocol.ts';

const outputsAt = (step: number) => ({ kind: 'outputs', model: 0, seed: 0, step }) as const;

const setUp = () => {
  const run = { runId: 'a', frames: createFrameBook(), outputs: createAnswerBook<Float32Array>(9) };
  const shown = run as unknown as LabRun;
  const store = createStore(
    () => ({ run: { current: shown, shown }, view: { isPlaying: false } }) as unknown as LabState,
  );
  const sent: Command[] = [];
  const questions = createQuestions(
    store,
    (command) => sent.push(command),
    () => undefined,
  );
  const requestIds = () => sent.flatMap((command) => (command.type === 'query' ? [command.requestId] : []));
  return { run, sent, questions, requestIds };
};

describe('a question to the worker', () => {
  let own: ReturnType<typeof setUp>;
  beforeEach(() => {
    own = setUp();
  });

  it('is on its way once, however often it is asked; another one goes beside it', () => {
    for (let i = 0; i < 3; i++) own.questions.ask(outputsAt(5));
    expect(own.sent).toHaveLength(1);
    own.questions.ask(outputsAt(6));
    own.questions.ask(outputsAt(5));
    expect(own.sent).toHaveLength(2);
    expect(new Set(own.requestIds()).size).toBe(2);
  });

  it('may be asked again when it has been answered, or could not be', () => {
    const error = { code: 'worker/unknown-query', message: 'gone', faults: [] } as const;
    const probabilities = Float32Array.of(1, 0);
    own.questions.ask(outputsAt(5));
    const [first = -1] = own.requestIds();
    own.questions.take({ type: 'reply', requestId: first, result: { kind: 'outputs', step: 5, probabilities } });
    expect(own.run.outputs.at(0, 0, 5)).toBe(probabilities);
    own.questions.ask(outputsAt(5));
    const second = own.requestIds()[1] ?? -1;
    expect(second).toBeGreaterThan(first);
    own.questions.take({ type: 'error', requestId: second, error });
    own.questions.ask(outputsAt(5));
    expect(own.sent).toHaveLength(3);
  });
});
