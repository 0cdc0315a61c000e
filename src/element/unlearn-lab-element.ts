import { EMBED_KEY, EMBED_VERSION } from '../scenario/links/embed.ts';
import type { Digest } from '../store/numbers/digest.ts';

/** What the element says of the experiment: the embedded page's `state`. */
export type EmbeddedState = Digest;

/** Attributes that become keys of the embedded page's address: `locked` is its `lock`. */
const KEYS = { show: 'show', locked: 'lock', autoplay: 'autoplay', theme: 'theme', lang: 'lang' } as const;
const NAMES = Object.keys(KEYS) as (keyof typeof KEYS)[];

/** Whatever waits for the page; the later of two that set the same thing is enough. */
type Order = { readonly type: 'play' | 'pause' } | { readonly type: 'setStep'; readonly step: number };

/**
 * An experiment of Unlearn Lab in a page: `<unlearn-lab src="https://example.org/lab/?p=ga-vs-npo"></unlearn-lab>`.
 * It wraps the embedded page and speaks its messages; docs/embed.md describes both.
 *
 * Events, each with `detail`: `ready` ({ isLocked }), `state` (EmbeddedState), `results` (EmbeddedState; once for each run that has finished),
 * `step` ({ step, available, isPlaying }), `fault` ({ message, faults }).
 */
export class UnlearnLabElement extends HTMLElement {
  static readonly observedAttributes = ['src', ...NAMES];

  #frame: HTMLIFrameElement | undefined;
  #origin = '';
  #isReady = false;
  #state: EmbeddedState | null = null;
  #results: EmbeddedState | null = null;
  #orders: Order[] = [];
  readonly #root = this.attachShadow({ mode: 'open' });
  readonly #hear = (event: MessageEvent): void => {
    const { source, origin, data } = event;
    if (!this.#frame || source !== this.#frame.contentWindow || origin !== this.#origin) return;
    if (data?.[EMBED_KEY] === EMBED_VERSION) this.#take(data);
  };

  /** The experiment: an address of the lab, as *Share* gives it. */
  get src(): string {
    return this.getAttribute('src') ?? '';
  }
  set src(address: string) {
    this.setAttribute('src', address);
  }

  /** The last thing that the page has said of itself; null before. */
  get state(): EmbeddedState | null {
    return this.#state;
  }

  /** The numbers of the finished run, with its checksum: medians over the seeds at the step on screen. Null before. */
  get results(): EmbeddedState | null {
    return this.#results;
  }

  /** The step on screen; setting it moves the clock. */
  get step(): number {
    return this.#state?.step ?? 0;
  }
  set step(step: number) {
    this.#send({ type: 'setStep', step });
  }

  play(): void {
    this.#send({ type: 'play' });
  }

  pause(): void {
    this.#send({ type: 'pause' });
  }

  connectedCallback(): void {
    if (!this.style.display) this.style.display = 'block';
    addEventListener('message', this.#hear);
    this.#open();
  }

  disconnectedCallback(): void {
    removeEventListener('message', this.#hear);
    this.#close();
  }

  attributeChangedCallback(_: string, before: string | null, after: string | null): void {
    if (this.isConnected && before !== after) this.#open();
  }

  #close(): void {
    this.#root.replaceChildren();
    this.#frame = undefined;
    this.#isReady = false;
    this.#state = null;
    this.#results = null;
  }

  /** A frame of its own for each experiment: what the last one still says is not heard. */
  #open(): void {
    this.#close();
    const base = this.ownerDocument.baseURI;
    const url = URL.canParse(this.src, base) ? new URL(this.src, base) : null;
    if (!this.src || !url || !/^https?:$/.test(url.protocol)) {
      const found = JSON.stringify(this.src);
      const expected = 'the address of an experiment, such as https://example.org/lab/?p=ga-vs-npo';
      const message = `<unlearn-lab src>: expected ${expected}, found ${found}`;
      this.#root.textContent = message;
      this.#tell('fault', { message, faults: [{ path: '/src', expected, found }] });
      return;
    }
    url.searchParams.set('embed', '1');
    for (const name of NAMES) {
      const value = this.getAttribute(name);
      if (value !== null) url.searchParams.set(KEYS[name], value || '1');
    }
    const frame = this.ownerDocument.createElement('iframe');
    Object.assign(frame.style, { width: '100%', height: '600px', border: '0', display: 'block' });
    frame.title = this.title || 'Unlearn Lab';
    frame.allow = 'fullscreen';
    frame.src = url.href;
    this.#frame = frame;
    this.#origin = url.origin;
    this.#root.replaceChildren(frame);
  }

  #post(message: object): void {
    this.#frame?.contentWindow?.postMessage({ [EMBED_KEY]: EMBED_VERSION, ...message }, this.#origin);
  }

  #send(order: Order): void {
    if (this.#isReady) this.#post(order);
    else this.#orders.push(order);
  }

  #tell(type: string, detail: object): void {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  #take({ type, [EMBED_KEY]: _, ...detail }: { type: string; height?: number; [EMBED_KEY]: unknown }): void {
    if (type === 'size') {
      (this.#frame as HTMLIFrameElement).style.height = `${Number(detail.height)}px`;
      return;
    }
    if (type === 'ready') {
      this.#isReady = true;
      this.#post({ type: 'connect' });
      for (const order of this.#orders.splice(0)) this.#post(order);
    }
    if (type === 'step' && this.#state) this.#state = { ...this.#state, ...detail };
    if (type === 'state') this.#state = detail as unknown as EmbeddedState;
    this.#tell(type === 'error' ? 'fault' : type, detail);
    if (type === 'step') this.#post({ type: 'getState' });
    if (type !== 'state') return;
    const known = this.#results?.checksum;
    this.#results = this.#state?.status === 'finished' ? this.#state : null;
    if (this.#results && this.#results.checksum !== known) this.#tell('results', detail);
  }
}

if (!customElements.get('unlearn-lab')) customElements.define('unlearn-lab', UnlearnLabElement);
