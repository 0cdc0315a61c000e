import { useState } from 'react';
import type { ThemeChoice } from '../../store/contracts/state.ts';
import { isUnchanged } from '../../store/draft/history.ts';
import { useLab, useLabState } from '../hooks/lab.ts';
import { useIsNarrow } from '../hooks/media.ts';
import { term, text } from '../text.ts';
import { FileMenu } from './FileMenu.tsx';
import { Icon, type IconName } from './Icon.tsx';
import { RoomTabs } from './RoomTabs.tsx';
import { ShareDialog } from './ShareDialog.tsx';
import { ShortcutsDialog } from './ShortcutsDialog.tsx';

interface ToolProps {
  readonly icon: IconName;
  readonly label: string;
  readonly word?: string;
  readonly onClick: () => void;
  readonly isDisabled?: boolean;
  readonly className?: string;
  readonly keys?: string;
  readonly testId: string;
}

const Tool = ({ icon, label, word, onClick, isDisabled = false, className = '', keys, testId }: ToolProps) => (
  <button
    type="button"
    className={`button button--plain ${word ? '' : 'button--icon'} ${className}`}
    aria-label={label}
    title={label}
    disabled={isDisabled}
    aria-keyshortcuts={keys}
    onClick={onClick}
    data-testid={testId}
  >
    <Icon name={icon} />
    {word ? <span className="header__word">{word}</span> : null}
  </button>
);

const CUSTOM = '';

/** Which experiment this is, and whether it is still as shipped. */
const PresetPicker = () => {
  const lab = useLab();
  const base = useLabState((state) => state.draft.base);
  const isReady = useLabState((state) => state.catalogue !== null);
  const presets = useLabState((state) => state.presets);
  const isChanged = useLabState((state) => !isUnchanged(state.draft));
  const id = base?.id ?? (isReady ? CUSTOM : (presets[0]?.id ?? CUSTOM));
  return (
    <div className="header__preset">
      <label className="hidden-text" htmlFor="preset">
        {text.header.preset}
      </label>
      <select
        id="preset"
        className="field__select"
        value={id}
        onChange={(event) => lab.draft.openPreset(event.target.value)}
        data-testid="preset"
      >
        {id === CUSTOM ? <option value={CUSTOM}>{text.header.custom}</option> : null}
        {presets.map((preset) => (
          <option key={preset.id} value={preset.id}>
            {term(preset.title)}
          </option>
        ))}
      </select>
      {isChanged && base?.id ? (
        <button
          type="button"
          className="button button--plain header__changed"
          title={`${text.header.changed}. ${text.header.backToPreset}`}
          onClick={() => lab.draft.openPreset(base.id ?? '')}
          data-testid="changed"
        >
          <Icon name="restart" />
          <span className="hidden-text">
            {text.header.changed}. {text.header.backToPreset}
          </span>
        </button>
      ) : null}
    </div>
  );
};

const NEXT_THEME: Readonly<Record<ThemeChoice, ThemeChoice>> = {
  system: 'light',
  light: 'dark',
  dark: 'contrast',
  contrast: 'system',
};

/** What stands in the menu where the header is narrow. */
const useMovable = (onShortcuts: () => void): readonly ToolProps[] => {
  const lab = useLab();
  const theme = useLabState((state) => state.view.theme);
  const canRedo = useLabState((state) => state.draft.future.length > 0);
  return [
    { icon: 'redo', label: text.header.redo, onClick: lab.draft.redo, isDisabled: !canRedo, testId: 'redo' },
    {
      icon: 'theme',
      label: text.header.theme(text.header.themes[theme]),
      onClick: () => lab.view.setTheme(NEXT_THEME[theme]),
      testId: 'theme',
    },
    { icon: 'help', label: text.header.shortcuts, onClick: onShortcuts, keys: '?', testId: 'shortcuts' },
  ];
};

export const Header = () => {
  const lab = useLab();
  const isNarrow = useIsNarrow();
  const [open, setOpen] = useState<'share' | 'shortcuts' | null>(null);
  const canUndo = useLabState((state) => state.draft.past.length > 0);
  const isReady = useLabState((state) => state.draft.scenario !== null);
  const close = (): void => setOpen(null);
  const movable = useMovable(() => setOpen('shortcuts'));
  const [redo, ...others] = movable as readonly [ToolProps, ...ToolProps[]];
  return (
    <header className="header">
      <p className="header__brand">{text.brand}</p>
      <PresetPicker />
      <RoomTabs />
      <div className="header__tools">
        <Tool icon="undo" label={text.header.undo} onClick={lab.draft.undo} isDisabled={!canUndo} testId="undo" />
        {isNarrow ? null : <Tool {...redo} />}
        <Tool
          icon="share"
          label={text.header.share}
          word={text.header.share}
          onClick={() => setOpen('share')}
          isDisabled={!isReady}
          keys="L"
          testId="share"
        />
        {isNarrow ? null : <FileMenu />}
        <Tool
          icon="present"
          label={text.present.open}
          onClick={() => lab.lecture.enter()}
          isDisabled={!isReady}
          keys="F"
          testId="present"
        />
        {isNarrow ? <FileMenu more={movable} /> : others.map((tool) => <Tool key={tool.testId} {...tool} />)}
      </div>
      {open === 'share' ? <ShareDialog onClose={close} /> : null}
      {open === 'shortcuts' ? <ShortcutsDialog onClose={close} /> : null}
    </header>
  );
};
