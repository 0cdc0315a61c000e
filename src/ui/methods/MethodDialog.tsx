import { lazy, Suspense } from 'react';
import type { MethodInfo } from '../../engine/method.ts';
import { Boundary } from '../shell/Boundary.tsx';
import { Dialog } from '../shell/Dialog.tsx';
import { text } from '../text.ts';

// The formulas' typesetter comes with the first page that is opened.
const MethodPage = lazy(() => import('./MethodPage.tsx').then(({ MethodPage: page }) => ({ default: page })));

/** A method's page over the lab. */
export const MethodDialog = ({ method, onClose }: { readonly method: MethodInfo; readonly onClose: () => void }) => (
  <Dialog title={method.title} onClose={onClose} testId="method-dialog">
    <Boundary>
      <Suspense fallback={<p>{text.methodPage.loading}</p>}>
        <MethodPage method={method} />
      </Suspense>
    </Boundary>
  </Dialog>
);
