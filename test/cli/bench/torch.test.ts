import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { startTorch, type Torch } from '../../../src/cli/bench/torch.ts';

const folder = mkdtempSync(join(tmpdir(), 'unlearn-lab-'));

/** A program that stands for Python. */
const program = (name: string, code: string): string => {
  const path = join(folder, name);
  writeFileSync(path, `#!${process.execPath}\n${code}`);
  chmodSync(path, 0o755);
  return path;
};

const without = program('without', "console.error('Traceback\\nNo module named torch\\n'); process.exit(1);");
const answering = program(
  'answering',
  `console.log('{"torch": "9.9"}');
   require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
     const request = JSON.parse(line);
     if (request.do === 'fall') { console.error('out of memory'); process.exit(1); }
     console.log(JSON.stringify({ echo: request.n, threads: process.env.OMP_NUM_THREADS }));
   });`,
);

describe.skipIf(process.platform === 'win32')('the process that runs PyTorch', () => {
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is the first program that can import it, and answers in order, on one thread', async () => {
    const torch = (await startTorch([join(folder, 'nowhere'), without, answering])) as Torch;
    expect(torch.version).toBe('9.9');
    const answers = await Promise.all([1, 2, 3].map((n) => torch.ask({ n })));
    expect(answers.map(({ echo }) => echo)).toEqual([1, 2, 3]);
    expect(answers[0]?.['threads']).toBe('1');
    torch.close();
  });

  it('says why there is none', async () => {
    const { reason } = (await startTorch([join(folder, 'nowhere'), without])) as { reason: string };
    expect(reason).toMatch(/nowhere: .*ENOENT; .*without: No module named torch$/);
  });

  it('that dies fails what was asked, and whatever is asked later', async () => {
    const torch = (await startTorch([answering])) as Torch;
    await expect(torch.ask({ do: 'fall' })).rejects.toThrow('out of memory');
    await expect(torch.ask({ n: 1 })).rejects.toThrow('out of memory');
    torch.close();
  });
});
