import { Session } from 'node:inspector/promises';
import { kernelHeap } from '../../engine/kernels/memory.ts';

/** Share of the time in a function itself. */
export interface Hot {
  readonly name: string;
  readonly share: number;
}

/** The kernels that are called from outside, by their index in the module: an exported function is named so. */
const kernelNames = (): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(kernelHeap().call).flatMap(([name, value]) =>
      typeof value === 'function' ? [[value.name, name] as const] : [],
    ),
  );

/** 'kernel forward'; functions inside the module have numbers only, in the order of `npx asc ... --textFile`. */
const wasmName = (functionName: string): string => {
  const index = /\d+/.exec(functionName)?.[0] ?? functionName;
  return `kernel ${kernelNames().get(index) ?? `[${index}]`}`;
};

/** Names of what the profiler sees, the costliest first; the engine's own functions and the WebAssembly between them. */
export const profiled = async (work: () => Promise<void>, most = 10): Promise<readonly Hot[]> => {
  const session = new Session();
  session.connect();
  try {
    await session.post('Profiler.enable');
    await session.post('Profiler.setSamplingInterval', { interval: 200 });
    await session.post('Profiler.start');
    await work();
    const { profile } = await session.post('Profiler.stop');
    const names = new Map(
      profile.nodes.map(({ id, callFrame }) => {
        const { functionName, url } = callFrame;
        const isInspector = url.startsWith('node:') || (url === '' && functionName === 'dispatch');
        return [
          id,
          isInspector ? '' : url.startsWith('wasm:') ? wasmName(functionName) : functionName || '(anonymous)',
        ];
      }),
    );
    const times = new Map<string, number>();
    const deltas = profile.timeDeltas ?? [];
    let total = 0;
    for (const [i, id] of (profile.samples ?? []).entries()) {
      const name = names.get(id) as string;
      if (name === '' || name === '(idle)' || name === '(program)') continue;
      const delta = deltas[i] as number;
      total += delta;
      times.set(name, (times.get(name) ?? 0) + delta);
    }
    return [...times]
      .map(([name, time]) => ({ name, share: time / total }))
      .sort((a, b) => b.share - a.share)
      .slice(0, most);
  } finally {
    session.disconnect();
  }
};

/** '  41 %  wasm gemm', line by line. */
export const profileLines = (title: string, hot: readonly Hot[]): string[] => [
  title,
  ...hot.map(({ name, share }) => `  ${(100 * share).toFixed(0).padStart(3)} %  ${name}`),
  '',
];
