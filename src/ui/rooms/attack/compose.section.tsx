import type { RoomSection } from '../room.ts';
import { AttackPanel } from './AttackPanel.tsx';
import { words } from './compose.text.ts';
import { Findings } from './Findings.tsx';

const Compose = () => <AttackPanel kind="compose">{(jobs) => <Findings kind="compose" jobs={jobs} />}</AttackPanel>;

export default {
  words,
  order: 5,
  isAvailable: ({ run }) => run.shown?.scenario.data.generator === 'dual-use',
  Component: Compose,
} satisfies RoomSection;
