import { isObject } from '../scenario/format/json.ts';
import type { Scenario } from '../scenario/format/scenario.ts';
import type { RunEvent, RunEventBody } from '../sim/events.ts';
import type { Shard } from './deal.ts';
import { UsageError } from './terminal/io.ts';

/** An event as a part keeps it: plain JSON, null for a number that does not exist. Pictures and progress are not kept. */
type KeptEvent = Readonly<Record<string, unknown>> & { readonly type: string };

/** What one shard of a study has found: from all of them `merge` makes the results. */
export interface StudyPart {
  readonly kind: 'part';
  readonly version: 1;
  readonly shard: Shard;
  readonly engine: { readonly backend: string; readonly version: string };
  readonly scenario: Scenario;
  readonly events: readonly KeptEvent[];
}

/** Events that results are made of. */
const KEPT = new Set<RunEvent['type']>([
  'started',
  'data',
  'metrics',
  'diverged',
  'trainingDiverged',
  'lane',
  'variantFailed',
  'attack',
  'attackFailed',
]);

const orNull = (value: number): number | null => (Number.isFinite(value) ? value : null);

const keptEvent = (event: RunEvent): KeptEvent => {
  const { runId: _, seq: __, ...body } = event;
  if (body.type === 'metrics') return { ...body, values: Array.from(body.values, orNull) };
  if (body.type === 'data') return { type: 'data', seeds: body.seeds, forget: Array.from(body.forget) };
  if (body.type === 'attack') {
    const { values, notes } = body.outcome;
    return { ...body, outcome: { values, notes } };
  }
  return body as KeptEvent;
};

export const partOf = (scenario: Scenario, shard: Shard, events: readonly RunEvent[]): StudyPart => {
  const kept = events.filter(({ type }) => KEPT.has(type)).map(keptEvent);
  const started = kept.find(({ type }) => type === 'started');
  return {
    kind: 'part',
    version: 1,
    shard,
    engine: { backend: String(started?.['backend'] ?? ''), version: String(started?.['engineVersion'] ?? '') },
    scenario,
    events: kept,
  };
};

export const writePart = (part: StudyPart): string => `${JSON.stringify(part)}\n`;

const isShard = (value: unknown): value is Shard =>
  isObject(value) &&
  Number.isInteger(value['index']) &&
  Number.isInteger(value['of']) &&
  (value['index'] as number) >= 1 &&
  (value['index'] as number) <= (value['of'] as number);

/** A part's file. @throws {UsageError} that names it */
export const readPart = (file: string, text: string): StudyPart => {
  const expected = 'expected a part, as npm run simulate -- … --shard 3/16 --out part3.json writes it';
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new UsageError(`${file}: ${expected}, found no JSON: it may be cut short`);
  }
  if (!isObject(value) || value['kind'] !== 'part') throw new UsageError(`${file}: ${expected}`);
  if (value['version'] !== 1) {
    throw new UsageError(`${file}: this version reads parts of version 1, found ${JSON.stringify(value['version'])}`);
  }
  const { shard, engine, scenario, events } = value;
  const isWhole = isShard(shard) && isObject(engine) && isObject(scenario) && Array.isArray(events);
  if (!isWhole || !events.every((event) => isObject(event) && typeof event['type'] === 'string')) {
    throw new UsageError(`${file}: ${expected}; this one lacks its shard, engine, scenario or events`);
  }
  return value as unknown as StudyPart;
};

const numbers = (values: unknown): Float64Array =>
  Float64Array.from(values as readonly (number | null)[], (value) => value ?? Number.NaN);

/** The event that a run told, as far as results are made of it. */
export const toldEvent = (kept: KeptEvent, seq: number): RunEvent => {
  const body = (
    kept.type === 'metrics'
      ? { ...kept, values: numbers(kept['values']) }
      : kept.type === 'data'
        ? { ...kept, forget: Int32Array.from(kept['forget'] as readonly number[]), examples: 0, shown: {} }
        : kept
  ) as RunEventBody;
  return { ...body, runId: 'merge', seq };
};
