import type { WireError } from '../engine/base/errors.ts';
import type { Params } from '../engine/base/schema.ts';
import type { AttackOutcome, AttackProgress } from '../engine/contracts/attack.ts';
import type { CatalogueInfo } from '../scenario/format/catalogue.ts';
import type { Scenario } from '../scenario/format/scenario.ts';
import type { DataEvent } from '../sim/collector.ts';
import type { Query, QueryResult, RunEvent } from '../sim/events.ts';

/** Raised when a message changes its meaning. */
export const PROTOCOL = 1;

/** An attack on one seed of a variant. */
export interface AttackAsk {
  readonly kind: string;
  readonly params: Params;
  readonly variant: number;
  readonly seed: number;
  /** The nearest kept step at or before it is attacked. */
  readonly step: number;
}

/** Page to worker. Starting a run cancels the one before it. */
export type Command =
  /** `seeds`: the share of the scenario's seeds that is to be computed; all of them if absent. */
  | {
      readonly type: 'start';
      readonly runId: string;
      readonly scenario: Scenario;
      readonly seeds?: readonly number[];
      /** Nobody looks on: only these metrics, no pictures, and only trained models are kept for the next run. */
      readonly metrics?: readonly string[];
    }
  | { readonly type: 'pause'; readonly runId: string }
  | { readonly type: 'resume'; readonly runId: string }
  | { readonly type: 'cancel'; readonly runId: string }
  /** Attacks a recorded step of a run beside whatever else goes on; ended by the next `start`. */
  | { readonly type: 'attack'; readonly runId: string; readonly requestId: number; readonly ask: AttackAsk }
  | {
      readonly type: 'pauseAttack' | 'resumeAttack' | 'cancelAttack';
      readonly runId: string;
      readonly requestId: number;
    }
  /** Asks for the data of an experiment that does not run. */
  | { readonly type: 'sketch'; readonly requestId: number; readonly scenario: Scenario }
  | { readonly type: 'query'; readonly runId: string; readonly requestId: number; readonly query: Query };

/** Worker to page. */
export type Message =
  | {
      readonly type: 'ready';
      readonly protocol: typeof PROTOCOL;
      readonly backend: string;
      readonly catalogue: CatalogueInfo;
    }
  /** At most one per frame. Typed arrays are transferred, not copied. */
  | { readonly type: 'events'; readonly events: readonly RunEvent[] }
  | { readonly type: 'reply'; readonly requestId: number; readonly result: QueryResult }
  /** `data`: undefined where they cannot be drawn. */
  | { readonly type: 'sketched'; readonly requestId: number; readonly data: DataEvent | undefined }
  /** In units of the attack's own. */
  | ({ readonly type: 'attackProgress'; readonly requestId: number } & AttackProgress)
  | {
      readonly type: 'attackDone';
      readonly requestId: number;
      /** The attacked step. */
      readonly step: number;
      readonly outcome: AttackOutcome;
    }
  /** Of workers, not by them: one has said nothing for a while, of its loading or of its run. */
  | { readonly type: 'quiet'; readonly of: 'loading' | 'run' }
  | { readonly type: 'error'; readonly requestId?: number; readonly error: WireError };

/** A MessagePort, a Worker, or a pair of queues in a test. */
export interface Port<In, Out> {
  readonly post: (message: Out, transfer?: readonly ArrayBuffer[]) => void;
  readonly listen: (handler: (message: In) => void) => () => void;
}
