import { Suspense } from 'react';
import type { OwnTextSpec } from '../../engine/base/schema.ts';
import { Boundary } from '../shell/Boundary.tsx';
import { lazily } from '../shell/lazily.ts';

export interface OwnTextProps {
  readonly spec: OwnTextSpec;
  readonly value: string;
  /** An empty text takes the field out of the scenario. */
  readonly onChange: (value: string) => void;
  readonly testId?: string | undefined;
}

const Field = lazily(async () => (await import('./OwnTextField.tsx')).OwnTextField);

/** Text of the reader's own; its form is fetched where it is first needed. */
export const OwnText = (props: OwnTextProps) => (
  <Boundary>
    <Suspense>
      <Field {...props} />
    </Suspense>
  </Boundary>
);
