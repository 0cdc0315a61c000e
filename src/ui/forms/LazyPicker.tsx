import { Suspense } from 'react';
import { Boundary } from '../shell/Boundary.tsx';
import { lazily } from '../shell/lazily.ts';
import type { PickerProps } from './MethodPicker.tsx';

const Picker = lazily(async () => (await import('./MethodPicker.tsx')).MethodPicker);

/** The dialog that methods are picked in; it is fetched when it is first opened. */
export const MethodPicker = (props: PickerProps) => (
  <Boundary>
    <Suspense fallback={null}>
      <Picker {...props} />
    </Suspense>
  </Boundary>
);
