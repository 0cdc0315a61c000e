import { Suspense } from 'react';
import type { MethodInfo } from '../../engine/contracts/method.ts';
import { Boundary } from '../shell/Boundary.tsx';
import { Dialog } from '../shell/Dialog.tsx';
import { lazily } from '../shell/lazily.ts';
import { term, text } from '../text.ts';

// The formulas' typesetter comes with the first page that is opened.
const MethodPage = lazily(async () => (await import('./MethodPage.tsx')).MethodPage);

/** A method's page over the lab. */
export const MethodDialog = ({ method, onClose }: { readonly method: MethodInfo; readonly onClose: () => void }) => (
  <Dialog title={term(method.title)} onClose={onClose} testId="method-dialog">
    <Boundary>
      <Suspense fallback={<p>{text.methodPage.loading}</p>}>
        <MethodPage method={method} />
      </Suspense>
    </Boundary>
  </Dialog>
);
