import { useState } from 'react';
import type { AnswersPicture, ShownQuestions } from '../../../families/text/shown.ts';
import type { LabRun } from '../../../store/contracts/state.ts';
import type { Lab } from '../../../store/lab.ts';
import { useLab, useLabState } from '../../hooks/lab.ts';
import { fileName, saveFile } from '../../shell/files.ts';
import { term, text } from '../../text.ts';
import { words } from './answers.text.ts';
import { type AnswerRow, answerRows, answersCsv, answersJson } from './answers-file.ts';

/** What every model says under every seed, each run after its last recorded step. */
const allAnswers = async (lab: Lab, { collector }: LabRun): Promise<readonly AnswerRow[]> => {
  const models = [
    { model: 'original' as const, label: 'original', last: 0 },
    ...collector.variants.map(({ variant, label, steps }) => ({ model: variant, label, last: steps })),
    { model: 'retrained' as const, label: 'retrained', last: 0 },
  ];
  const rows: AnswerRow[] = [];
  for (const { model, label, last } of models) {
    if (typeof model === 'number' && collector.failures.has(model)) continue;
    for (const seed of collector.seeds) {
      const shown = collector.data(seed)?.shown as ShownQuestions | undefined;
      if (!shown) continue;
      const step = typeof model === 'number' ? (collector.lane(model, seed)?.steps.at(-1) ?? last) : 0;
      const found = await lab.run.request({ kind: 'frame', model, seed, step, size: 1 });
      rows.push(...answerRows({ model: label, seed, step }, shown, found.frame as unknown as AnswersPicture));
    }
  }
  return rows;
};

/** Saves what all models say at their last step, as CSV and as JSON. */
export const TakeAnswers = () => {
  const lab = useLab();
  const run = useLabState((state) => state.run.shown);
  const isDone = useLabState((state) => state.run.status === 'finished' && state.run.shown === state.run.current);
  const [status, setStatus] = useState('');
  if (!run || !isDone) return <p>{text.take.waitForRun}</p>;
  const save = async (format: 'csv' | 'json'): Promise<void> => {
    try {
      const rows = await allAnswers(lab, run);
      const name = fileName(`${run.scenario.title} answers`, `.${format}`);
      const about = { title: run.scenario.title, seeds: run.scenario.seeds, checksum: lab.link.checksum() };
      if (format === 'csv') saveFile(name, 'text/csv', answersCsv(rows));
      else saveFile(name, 'application/json', answersJson(about, rows));
      setStatus(words.saved(rows.length));
    } catch (thrown) {
      setStatus(words.notSaved(term(thrown instanceof Error ? thrown.message : String(thrown))));
    }
  };
  return (
    <>
      <h3>{words.take}</h3>
      <p className="small muted">{words.takeLead}</p>
      <div className="take__choices">
        {(['csv', 'json'] as const).map((format) => (
          <button
            key={format}
            type="button"
            className="button"
            onClick={() => void save(format)}
            data-testid={`save-answers-${format}`}
          >
            {text.take.saveWeights(`.${format}`)}
          </button>
        ))}
      </div>
      <p role="status" className="small" data-testid="answers-saved">
        {status}
      </p>
    </>
  );
};
