import { SimError, toWire } from '../engine/base/errors.ts';
import type { CatalogueInfo } from '../scenario/format/catalogue.ts';
import type { Scenario } from '../scenario/format/scenario.ts';
import { expandRuns } from '../scenario/format/variants.ts';
import { type Archive, createArchive } from '../sim/archive.ts';
import { artifactsOf } from '../sim/artifacts.ts';
import { type Cache, createCache, modelsOnly } from '../sim/cache.ts';
import { type Catalogue, catalogueFor } from '../sim/catalogue.ts';
import type { Query, QueryResult, RunEvent } from '../sim/events.ts';
import { createPulls } from '../sim/pulls.ts';
import { simulate } from '../sim/simulate.ts';
import { sketchOf } from '../sim/sketch.ts';
import { createAttacks } from './attacks.ts';
import { type Driven, drive } from './drive.ts';
import { type Command, type Message, type Port, PROTOCOL } from './protocol.ts';

export interface HostOptions {
  readonly port: Port<Command, Message>;
  readonly catalogue: Catalogue;
  readonly info: CatalogueInfo;
  readonly backend: string;
  /** A clock in ms. */
  readonly now: () => number;
  /** Gives pending messages a turn. */
  readonly breathe: () => Promise<void>;
}

type Start = Extract<Command, { type: 'start' }>;

interface Active extends Driven {
  readonly scenario: Scenario;
  readonly archive: Archive;
  /** What can be run with models of the scenario's family, once its code is there. */
  catalogue: Catalogue | undefined;
  pulls: ReturnType<typeof createPulls> | undefined;
}

const resultOf = ({ archive, scenario, catalogue, pulls }: Active, query: Query): QueryResult => {
  if (!catalogue || !pulls) throw new SimError('worker/unknown-query', 'Nothing has been computed yet.');
  switch (query.kind) {
    case 'frame':
      return archive.frame(query);
    case 'outputs':
      return archive.outputs(query);
    case 'pulls':
      return pulls(query);
    case 'profile':
      return archive.profile(query);
    case 'told':
      return archive.told(query);
    case 'weights':
      return archive.named(query);
    case 'artifacts':
      return { kind: 'artifacts', artifacts: artifactsOf(scenario, catalogue, archive, query) };
  }
};

/** The events of a run, by a clock in ms that stands still while it is paused. */
const eventsOf =
  (
    { runId, archive }: Active,
    { scenario, seeds, metrics }: Start,
    { catalogue, backend }: HostOptions,
    cache: Cache,
  ) =>
  (worked: () => number): AsyncIterable<RunEvent> =>
    simulate({
      runId,
      scenario,
      seeds,
      catalogue,
      metrics,
      backend,
      now: worked,
      pictures: metrics === undefined,
      archive,
      cache: metrics ? modelsOnly(cache) : cache,
    });

/**
 * Drives one run at a time for a page. It knows no worker and no DOM: the port, the clock and the catalogue are
 * handed in. Starting a run cancels the one before it; a finished run still answers queries until the next starts.
 */
export const startHost = (options: HostOptions): void => {
  const { port, catalogue, info, backend, now, breathe } = options;
  const cache = createCache();
  let active: Active | undefined;
  let driver: Promise<void> = Promise.resolve();

  /** Makes ready what the run's family needs. */
  const open = async (run: Active): Promise<void> => {
    const { scenario, archive } = run;
    run.catalogue = await catalogueFor(catalogue, scenario);
    run.pulls = createPulls({ scenario, catalogue: run.catalogue, archive, variants: expandRuns(scenario, info) });
  };

  const attacks = createAttacks({ port, now, breathe });
  const cancel = (run: Active) => {
    run.isCancelled = true;
    run.wake?.();
  };

  const start = async (command: Start): Promise<void> => {
    const { runId, scenario } = command;
    const before = active;
    if (before) cancel(before);
    attacks.cancelAll();
    const archive = createArchive();
    const run: Active = {
      runId,
      scenario,
      archive,
      catalogue: undefined,
      pulls: undefined,
      wake: undefined,
      isPaused: false,
      isCancelled: false,
    };
    active = run;
    driver = driver
      .then(async () => {
        before?.archive.dispose();
        if (!run.isCancelled) await open(run);
        if (run.isCancelled) port.post({ type: 'events', events: [{ type: 'cancelled', runId, seq: 0 }] });
        else await drive(run, eventsOf(run, command, options, cache), options);
      })
      .catch((thrown) => port.post({ type: 'error', error: toWire(thrown) }));
    await driver;
  };

  const answer = (runId: string, requestId: number, query: Query): void => {
    try {
      if (active?.runId !== runId) {
        throw new SimError('worker/unknown-query', `The run ${runId} is no longer the current one.`);
      }
      port.post({ type: 'reply', requestId, result: resultOf(active, query) });
    } catch (thrown) {
      port.post({ type: 'error', requestId, error: toWire(thrown) });
    }
  };

  const sketch = async ({ requestId, scenario }: Extract<Command, { type: 'sketch' }>): Promise<void> => {
    try {
      port.post({ type: 'sketched', requestId, data: await sketchOf(scenario, catalogue) });
    } catch (thrown) {
      port.post({ type: 'error', requestId, error: toWire(thrown) });
    }
  };

  port.listen((command) => {
    if (command.type === 'sketch') {
      void sketch(command);
      return;
    }
    if (command.type === 'start') {
      void start(command);
      return;
    }
    if (command.type === 'query') {
      answer(command.runId, command.requestId, command.query);
      return;
    }
    if (command.type === 'attack') {
      const run = active?.runId === command.runId ? active : undefined;
      void attacks.start(command, run);
      return;
    }
    if (active?.runId !== command.runId) return;
    if (command.type === 'pauseAttack' || command.type === 'resumeAttack' || command.type === 'cancelAttack') {
      attacks.steer(command.type, command.requestId);
      return;
    }
    attacks.hold(command.type === 'pause' || (command.type !== 'resume' && active.isPaused));
    if (command.type === 'cancel') cancel(active);
    if (command.type === 'pause') active.isPaused = true;
    if (command.type === 'resume') {
      active.isPaused = false;
      active.wake?.();
    }
  });
  port.post({ type: 'ready', protocol: PROTOCOL, backend, catalogue: info });
};
