import { afterEach, expect, it } from 'vitest';
import { browserForTests, finished, hashOf, SMALL_LINK, staled } from './browser.ts';

const { visit, closeAll } = browserForTests();
afterEach(closeAll);

it('changes of the experiment leave no canvas behind', async () => {
  const { page, context } = await visit({ hash: hashOf(SMALL_LINK) });
  await finished(page);
  const devtools = await context.newCDPSession(page);
  const canvases = async (): Promise<number> => {
    await devtools.send('HeapProfiler.collectGarbage');
    const { result } = await devtools.send('Runtime.evaluate', { expression: 'HTMLCanvasElement.prototype' });
    const { objects } = await devtools.send('Runtime.queryObjects', { prototypeObjectId: result.objectId ?? '' });
    const { result: list } = await devtools.send('Runtime.callFunctionOn', {
      objectId: objects.objectId ?? '',
      functionDeclaration: 'function () { return this.length; }',
      returnByValue: true,
    });
    await devtools.send('Runtime.releaseObject', { objectId: objects.objectId ?? '' });
    return list.value as number;
  };
  const change = async (beta: number): Promise<void> => {
    await page.getByTestId('run-1-beta-number').fill(String(beta));
    await staled(page);
    await finished(page);
  };
  await change(0.5);
  const before = await canvases();
  for (const beta of [0.6, 0.7, 0.8, 0.9]) await change(beta);
  expect(await canvases()).toBe(before);
});
