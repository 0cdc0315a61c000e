// Types of the package unlearn-lab. Written by `npm run library -- --report` from src/element/unlearn-lab-element.ts: do not edit.

/** What the element says of the experiment: the embedded page's `state`. */
type EmbeddedState = Digest;

/** What is on screen, in numbers that a program can use. */
interface Digest {
    readonly title: string;
    readonly question: string;
    readonly status: RunStatus;
    readonly step: number;
    /** How far the clock may go now. */
    readonly available: number;
    readonly total: number;
    readonly isPlaying: boolean;
    readonly seeds: readonly number[];
    /** Of the finished run; null before. */
    readonly checksum: string | null;
    /** Medians over the seeds so far, at this step: of the original and the retrained model, and of each run. */
    readonly models: readonly {
        readonly name: string;
        readonly metrics: Readonly<Record<string, number | null>>;
    }[];
}

type RunStatus = 'idle' | 'waiting' | 'running' | 'finished' | 'failed';

/**
 * An experiment of Unlearn Lab in a page: `<unlearn-lab src="https://example.org/lab/?p=ga-vs-npo"></unlearn-lab>`.
 * It wraps the embedded page and speaks its messages; docs/embed.md describes both.
 *
 * Events, each with `detail`: `ready` ({ isLocked }), `state` (EmbeddedState), `results` (EmbeddedState; once for each run that has finished),
 * `step` ({ step, available, isPlaying }), `fault` ({ message, faults }).
 */
declare class UnlearnLabElement extends HTMLElement {
    #private;
    static readonly observedAttributes: string[];
    /** The experiment: an address of the lab, as *Share* gives it. */
    get src(): string;
    set src(address: string);
    /** The last thing that the page has said of itself; null before. */
    get state(): EmbeddedState | null;
    /** The numbers of the finished run, with its checksum: medians over the seeds at the step on screen. Null before. */
    get results(): EmbeddedState | null;
    /** The step on screen; setting it moves the clock. */
    get step(): number;
    set step(step: number);
    play(): void;
    pause(): void;
    connectedCallback(): void;
    disconnectedCallback(): void;
    attributeChangedCallback(_: string, before: string | null, after: string | null): void;
}

export { EmbeddedState, UnlearnLabElement };
