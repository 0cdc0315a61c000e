import { useState } from 'react';
import type { RevealShow } from '../../scenario/format/scenario.ts';
import { useLab, useLabState } from '../hooks/lab.ts';
import { Icon, type IconName } from '../shell/Icon.tsx';
import { ShortcutsDialog } from '../shell/ShortcutsDialog.tsx';
import { text } from '../text.ts';
import { NotesWindow } from './NotesWindow.tsx';
import { QrScreen } from './QrScreen.tsx';

const KEYS: Readonly<Partial<Record<RevealShow, string>>> = { panels: 'G', tradeoff: 'T', series: 'S' };

const toggleFull = (): void => {
  const change = document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen();
  change.catch(() => undefined); // not everywhere allowed: the lecture goes on without
};

interface ToolProps {
  readonly icon: IconName;
  readonly label: string;
  readonly keys?: string;
  readonly onClick: () => void;
  readonly testId?: string;
}

const Tool = ({ icon, label, keys, onClick, testId }: ToolProps) => (
  <button
    type="button"
    className="button button--plain button--icon"
    aria-label={label}
    title={label}
    aria-keyshortcuts={keys}
    onClick={onClick}
    data-testid={testId}
  >
    <Icon name={icon} />
  </button>
);

/** What a lecturer may do at any time; it leaves the stage while nobody touches the page. */
export const StageTools = () => {
  const lab = useLab();
  const isVeiled = useLabState((state) => state.lecture.isVeiled);
  const [open, setOpen] = useState<'sheet' | 'qr' | null>(null);
  const close = (): void => setOpen(null);
  return (
    <div className="present__tools">
      <NotesWindow />
      <button
        type="button"
        className="button button--plain"
        aria-pressed={isVeiled}
        onClick={isVeiled ? lab.lecture.reveal : lab.lecture.veil}
        data-testid="veil"
      >
        {text.present.predict}
      </button>
      <Tool icon="qr" label={text.present.qr} keys="Q" onClick={() => setOpen('qr')} testId="qr" />
      <Tool icon="full" label={text.present.full} keys="F" onClick={toggleFull} testId="full" />
      <Tool icon="help" label={text.header.shortcuts} keys="?" onClick={() => setOpen('sheet')} />
      <button type="button" className="button present__exit" onClick={lab.lecture.leave} data-testid="leave">
        <Icon name="close" /> {text.present.exit}
      </button>
      {open === 'sheet' ? <ShortcutsDialog onClose={close} /> : null}
      {open === 'qr' ? <QrScreen onClose={close} /> : null}
    </div>
  );
};

/** From view to view, and what of the experiment a view shows. */
export const StageSteps = ({
  at,
  of,
  show,
}: {
  readonly at: number;
  readonly of: number;
  readonly show: RevealShow;
}) => {
  const lab = useLab();
  return (
    <nav className="present__foot" aria-label={text.present.views(at + 1, of)}>
      <div className="present__shows">
        {(['panels', 'tradeoff', 'series', 'claims'] as const).map((one) => (
          <button
            key={one}
            type="button"
            className="button button--plain"
            aria-pressed={show === one}
            aria-keyshortcuts={KEYS[one]}
            onClick={() => lab.lecture.show(one)}
            data-testid={`show-${one}`}
          >
            {text.present.show[one]}
          </button>
        ))}
        <button
          type="button"
          className="button button--plain"
          aria-keyshortcuts="B"
          onClick={lab.lecture.blank}
          data-testid="blank"
        >
          {text.present.blank}
        </button>
      </div>
      <div className="present__steps">
        <button
          type="button"
          className="button button--plain"
          disabled={at === 0}
          aria-keyshortcuts="Shift+N"
          onClick={() => lab.lecture.go(at - 1)}
          data-testid="view-back"
        >
          <Icon name="back" /> {text.present.back}
        </button>
        <span data-testid="view-count">{text.present.views(at + 1, of)}</span>
        <button
          type="button"
          className="button button--primary"
          disabled={at >= of - 1}
          aria-keyshortcuts="N"
          onClick={() => lab.lecture.go(at + 1)}
          data-testid="view-next"
        >
          {text.present.next} <Icon name="forward" />
        </button>
      </div>
    </nav>
  );
};
