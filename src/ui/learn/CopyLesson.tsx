import { useState } from 'react';
import { SimError } from '../../engine/base/errors.ts';
import { useLab } from '../hooks/lab.ts';
import { hereBase } from '../shell/address.ts';
import { Icon } from '../shell/Icon.tsx';
import { text } from '../text.ts';

/** Passes a lesson of one's own on as a link. */
export const CopyLesson = () => {
  const lab = useLab();
  const [said, setSaid] = useState('');
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(`${hereBase()}#${lab.lesson.shareHash() ?? ''}`);
      setSaid(text.lesson.copied);
    } catch (thrown) {
      setSaid(thrown instanceof SimError ? thrown.message : text.lesson.copyFailed);
    }
  };
  return (
    <p className="lesson__copy">
      <button type="button" className="button" onClick={() => void copy()} data-testid="lesson-copy">
        <Icon name="share" /> {text.lesson.copy}
      </button>
      <span role="status" className="small muted">
        {said}
      </span>
    </p>
  );
};
