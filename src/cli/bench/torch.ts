import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import script from './peer.py?raw';

/** A Python process that answers requests one after the other. */
export interface Torch {
  readonly version: string;
  /** @throws {Error} with the last line of its stderr if the process has ended */
  readonly ask: (request: object) => Promise<Readonly<Record<string, unknown>>>;
  readonly close: () => void;
}

/** What starts with `python` and answers; the reason if it does not. */
const open = async (python: string): Promise<Torch | string> => {
  const one = { OMP_NUM_THREADS: '1', MKL_NUM_THREADS: '1' };
  const child: ChildProcessWithoutNullStreams = spawn(python, ['-u', '-c', script], {
    env: { ...process.env, ...one },
    stdio: 'pipe',
  });
  let complaint = '';
  let isOver = false;
  const waiting: { take: (line: string) => void; fail: (error: Error) => void }[] = [];
  const end = (why: string) => {
    isOver = true;
    complaint = why;
    for (const { fail } of waiting.splice(0)) fail(new Error(why));
  };
  child.stdin.on('error', () => undefined); // it has ended: `close` tells
  child.stderr.on('data', (text) => {
    complaint += String(text);
  });
  child.once('error', (error) => end(error.message));
  child.once('close', (code) => end(complaint.trim().split('\n').at(-1) || `ended with code ${code}`));
  createInterface({ input: child.stdout }).on('line', (line) => waiting.shift()?.take(line));

  const next = () =>
    new Promise<string>((take, fail) => {
      if (isOver) fail(new Error(complaint));
      else waiting.push({ take, fail });
    });
  try {
    const { torch } = JSON.parse(await next()) as { torch: string };
    return {
      version: torch,
      ask: async (request) => {
        const answer = next();
        child.stdin.write(`${JSON.stringify(request)}\n`);
        return JSON.parse(await answer) as Readonly<Record<string, unknown>>;
      },
      close: () => child.stdin.end(),
    };
  } catch (error) {
    child.kill();
    return (error as Error).message;
  }
};

/** The first of some Python programs that can import PyTorch; otherwise why none can. */
export const startTorch = async (pythons: readonly string[]): Promise<Torch | { readonly reason: string }> => {
  const reasons: string[] = [];
  for (const python of pythons) {
    const found = await open(python);
    if (typeof found !== 'string') return found;
    reasons.push(`${python}: ${found}`);
  }
  return { reason: reasons.join('; ') };
};
