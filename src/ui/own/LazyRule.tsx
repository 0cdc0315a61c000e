import { Suspense } from 'react';
import { loadFormulas } from '../../scenario/formula/loaded.ts';
import { Boundary } from '../shell/Boundary.tsx';
import { lazily } from '../shell/lazily.ts';
import type { RuleDialogProps } from './RuleDialog.tsx';

const Rule = lazily(async () => {
  const [{ RuleDialog }] = await Promise.all([import('./RuleDialog.tsx'), loadFormulas()]);
  return RuleDialog;
});

/** The dialog for a rule of one's own; it is fetched, with the language of formulas, when it is first opened. */
export const LazyRule = (props: RuleDialogProps) => (
  <Boundary>
    <Suspense fallback={null}>
      <Rule {...props} />
    </Suspense>
  </Boundary>
);
