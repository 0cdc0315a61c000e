import { csvOf } from '../../scenario/files/exported.ts';
import type { Results } from '../../scenario/format/results.ts';

/** Offers a text or a picture as a file. */
export const saveFile = (name: string, type: string, content: string | Blob): void => {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
};

/** One row per run, seed and step, one column per metric; the original and the retrained model have one row a seed. */
export const resultsCsv = ({ original, retrained, runs }: Results): string => {
  const metrics = Object.keys(original[0]?.metrics ?? retrained[0]?.metrics ?? runs[0]?.metrics ?? {});
  const rows: (string | number)[][] = [['run', 'method', 'settings', 'seed', 'step', ...metrics]];
  const models = { original, retrained };
  for (const name of ['original', 'retrained'] as const) {
    for (const { seed, metrics: values } of models[name]) {
      rows.push([name, '', '', seed, 0, ...metrics.map((metric) => values[metric] ?? '')]);
    }
  }
  for (const run of runs) {
    const settings = Object.entries(run.params)
      .map(([key, value]) => `${key}=${value}`)
      .join(' ');
    run.steps.forEach((step, i) => {
      const values = metrics.map((metric) => run.metrics[metric]?.[i] ?? '');
      rows.push([run.name, run.method, settings, run.seed, step, ...values]);
    });
  }
  return csvOf(rows);
};

/** A file name from a title. */
export const fileName = (title: string, ending: string): string => {
  const words = title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
  return `${words === '' ? 'unlearn-lab' : words}${ending}`;
};
