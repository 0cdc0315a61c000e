import type { AttackSubject } from '../../../engine/contracts/attack.ts';
import type { AttackJob, LabRun } from '../../../store/contracts/state.ts';
import { stylesOf } from '../../compare/panels.ts';
import type { ThemeName } from '../../theme/palette.ts';
import { ORIGINAL_STYLE, RETRAINED_STYLE } from '../../theme/series.ts';
import { words } from './attack.text.ts';

/** A model in a chart or a table: an attacked run, or one that it is compared with. */
export interface SubjectLine {
  readonly name: string;
  readonly job: AttackJob;
  readonly subject: AttackSubject;
  readonly color: string;
  readonly dash: string;
}

const FRESH: Readonly<Record<ThemeName, string>> = { light: '#7A6A00', dark: '#C9B458' };

/** The attacked runs, then the models that all of them are compared with: those of the first. */
export const linesOf = (run: LabRun, jobs: readonly AttackJob[], theme: ThemeName): SubjectLine[] => {
  const styles = stylesOf(run.collector.variants);
  const attacked = jobs.map((job): SubjectLine => {
    const style = styles[job.variant];
    return {
      name: words.at(job.label, job.step),
      job,
      subject: 'unlearned',
      color: style?.color[theme] ?? 'currentColor',
      dash: style?.dash ?? '',
    };
  });
  const [first] = jobs;
  if (!first) return attacked;
  const controls: readonly (readonly [AttackSubject, string, string])[] = [
    ['original', ORIGINAL_STYLE.color[theme], ORIGINAL_STYLE.dash],
    ['retrained', RETRAINED_STYLE.color[theme], RETRAINED_STYLE.dash],
    ['fresh', FRESH[theme], '3 3'],
  ];
  return [
    ...attacked,
    ...controls
      .filter(([subject]) => first.findings.some(({ outcome }) => outcome.values[subject]))
      .map(
        ([subject, color, dash]): SubjectLine => ({ name: words.subjects[subject], job: first, subject, color, dash }),
      ),
  ];
};
