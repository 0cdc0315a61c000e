import { beforeAll, describe, expect, it } from 'vitest';
import { presets } from '../../src/scenario/format/presets.ts';
import { parseScenario } from '../../src/scenario/read/parse.ts';
import { catalogue, catalogueInfo } from '../../src/sim/catalogue.ts';
import { simulate } from '../../src/sim/simulate.ts';
import { sketchOf } from '../../src/sim/sketch.ts';
import { createSketches } from '../../src/store/run/sketches.ts';
import type { Command, Message } from '../../src/worker/protocol.ts';
import { engineForTests } from '../support/engine.ts';

beforeAll(engineForTests);

const scenarioOf = (id: string) =>
  parseScenario(presets.find((preset) => preset.id === id)?.input, catalogueInfo, 'repair').scenario;

/** Sketches whose worker answers with what it draws, and what it was asked. */
const bench = () => {
  const sent: Command[] = [];
  let tell: (message: Message) => void = () => undefined;
  const sketches = createSketches({
    post: (command) => {
      sent.push(command);
      if (command.type !== 'sketch') return;
      const { requestId, scenario } = command;
      void sketchOf(scenario, catalogue).then((data) => tell({ type: 'sketched', requestId, data }));
    },
    listen: (handler) => {
      tell = handler;
      return () => undefined;
    },
  });
  return { sketches, sent };
};

describe('the sketch of an experiment', () => {
  it('has the very points that its run shows, with the forget set', async () => {
    const scenario = scenarioOf('ga-vs-npo');
    const sketch = await bench().sketches.of(scenario);
    const run = simulate({ runId: 'run', scenario, catalogue, backend: '', now: () => 0 });
    for await (const event of run) {
      if (event.type !== 'data') continue;
      const { train } = event.shown as unknown as { train: { x2: Float32Array; y: Int32Array } };
      if (sketch?.kind !== 'points') throw new Error('no points');
      expect(sketch.points.x2).toEqual(train.x2);
      expect(sketch.points.y).toEqual(train.y);
      const marked = [...sketch.points.isForget].flatMap((is, index) => (is ? [index] : []));
      expect(marked).toEqual([...event.forget]);
      expect(marked.length).toBeGreaterThan(0);
      break;
    }
  });

  it('of sentences is one of those that are to be forgotten', async () => {
    const text = presets.find(({ input }) => (input as { readonly family?: string }).family === 'text');
    const sketch = await bench().sketches.of(scenarioOf(text?.id ?? ''));
    expect(sketch).toMatchObject({ kind: 'question', question: expect.stringMatching(/\w+ \w+/) });
  });

  it('is asked for once, for all experiments with the same data', async () => {
    const { sketches, sent } = bench();
    const scenario = scenarioOf('ga-vs-npo');
    await Promise.all([sketches.of(scenario), sketches.of({ ...scenario, runs: scenario.runs.slice(1) })]);
    expect(sent.filter(({ type }) => type === 'sketch')).toHaveLength(1);
  });

  it('is none where the worker cannot draw it', async () => {
    let tell: (message: Message) => void = () => undefined;
    const sketches = createSketches({
      post: (command) => {
        if (command.type !== 'sketch') return;
        const error = { code: 'worker/unknown-query', message: '', faults: [] } as const;
        queueMicrotask(() => tell({ type: 'error', requestId: command.requestId, error }));
      },
      listen: (handler) => {
        tell = handler;
        return () => undefined;
      },
    });
    expect(await sketches.of(scenarioOf('ga-vs-npo'))).toBeNull();
  });
});
