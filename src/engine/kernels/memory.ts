import { SimError } from '../base/errors.ts';
import { kernelsBase64 } from './wasm.ts';

type Call = (...args: number[]) => void;

/** The functions of assembly/index.ts; every address in bytes. */
export interface KernelExports {
  readonly memory: { readonly buffer: ArrayBuffer; readonly grow: (pages: number) => number };
  readonly elementary: Call;
  readonly gather: Call;
  readonly scatterAdd: Call;
  readonly takeWeights: Call;
  readonly giveGradient: Call;
  readonly zeroGradient: Call;
  readonly forward: Call;
  readonly backward: Call;
  readonly squaredBackward: Call;
  readonly restride: Call;
  readonly softmax: Call;
  readonly pick: Call;
  readonly pullToLabel: Call;
  readonly pullToOutput: Call;
  readonly decide: Call;
  readonly maskGradient: Call;
  readonly clipGradient: Call;
  readonly update: Call;
  readonly restore: Call;
}

/** The part of the platform's WebAssembly that is used; the core's library of types has none. */
interface Platform {
  readonly validate: (bytes: Uint8Array) => boolean;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

const bytesOf = (base64: string): Uint8Array => {
  const text = base64.replace(/=+$/, '');
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let held = 0;
  let at = 0;
  for (let i = 0; i < text.length; i++) {
    held = ((held << 6) | DIGITS.indexOf(text.charAt(i))) & 0xffffff;
    if (i % 4 !== 0) bytes[at++] = (held >>> (6 - 2 * (i % 4))) & 0xff;
  }
  return bytes;
};

/** Addresses below belong to the module: its tables are there. */
const START = 1024;
const PAGE = 65_536;
/** A vector read at a buffer's last number may reach this far beyond it. */
const SLACK = 16;

/** The kernels and the memory that they and their callers share. */
export interface Heap {
  readonly call: KernelExports;
  /** Views of all the memory. They change when it grows: never keep one across `allocate`. */
  readonly f32: Float32Array;
  readonly i32: Int32Array;
  readonly u8: Uint8Array;
  /** A buffer of zeros, aligned to 16 bytes. @throws {SimError} engine/out-of-memory */
  readonly allocate: (bytes: number) => number;
  readonly free: (address: number) => void;
  /** Bytes that are handed out. */
  readonly used: () => number;
}

interface Gap {
  at: number;
  size: number;
}

const createHeap = (call: KernelExports): Heap => {
  let f32 = new Float32Array(call.memory.buffer);
  let i32 = new Int32Array(call.memory.buffer);
  let u8 = new Uint8Array(call.memory.buffer);
  const sizes = new Map<number, number>();
  /** Free stretches by address, none next to another. */
  const gaps: Gap[] = [{ at: START, size: u8.length - START }];
  let used = 0;

  const insert = (at: number, size: number) => {
    let i = gaps.findIndex((gap) => gap.at > at);
    if (i < 0) i = gaps.length;
    const before = gaps[i - 1];
    const after = gaps[i];
    const joinsBefore = before !== undefined && before.at + before.size === at;
    const joinsAfter = after !== undefined && at + size === after.at;
    if (joinsBefore && joinsAfter) {
      before.size += size + after.size;
      gaps.splice(i, 1);
    } else if (joinsBefore) {
      before.size += size;
    } else if (joinsAfter) {
      after.at = at;
      after.size += size;
    } else {
      gaps.splice(i, 0, { at, size });
    }
  };

  const grow = (bytes: number) => {
    const end = u8.length;
    const pages = Math.ceil(bytes / PAGE);
    try {
      call.memory.grow(pages);
    } catch {
      throw new SimError(
        'engine/out-of-memory',
        `The browser gave no more memory: ${Math.floor(bytes / 1024)} KiB asked for beside ${Math.ceil(end / 1024)} KiB in use. Take fewer points, smaller layers or fewer seeds.`,
      );
    }
    f32 = new Float32Array(call.memory.buffer);
    i32 = new Int32Array(call.memory.buffer);
    u8 = new Uint8Array(call.memory.buffer);
    insert(end, pages * PAGE);
  };

  return {
    call,
    get f32() {
      return f32;
    },
    get i32() {
      return i32;
    },
    get u8() {
      return u8;
    },
    allocate: (bytes) => {
      const size = Math.ceil((bytes + SLACK) / 16) * 16;
      let gap = gaps.find((one) => one.size >= size);
      if (!gap) {
        grow(Math.max(size, u8.length / 4));
        gap = gaps.at(-1) as Gap; // the new memory, and what was free before it
      }
      const { at } = gap;
      gap.at += size;
      gap.size -= size;
      if (gap.size === 0) gaps.splice(gaps.indexOf(gap), 1);
      sizes.set(at, size);
      used += size;
      u8.fill(0, at, at + size);
      return at;
    },
    free: (address) => {
      const size = sizes.get(address);
      if (size === undefined) return;
      sizes.delete(address);
      used -= size;
      insert(address, size);
    },
    used: () => used,
  };
};

let started: Heap | undefined;

/** Starts the kernels; undefined where WebAssembly or its SIMD instructions are missing. */
export const startKernels = (): Heap | undefined => {
  if (started) return started;
  const platform = (globalThis as { readonly WebAssembly?: Platform }).WebAssembly;
  if (!platform) return undefined;
  const bytes = bytesOf(kernelsBase64);
  if (!platform.validate(bytes)) return undefined;
  const { exports } = new platform.Instance(new platform.Module(bytes));
  started = createHeap(exports as KernelExports);
  return started;
};

/** The kernels, which must have been started. */
export const kernelHeap = (): Heap => {
  if (!started) throw new Error('the kernels have not been started');
  return started;
};
