import type { RoomSection } from '../room.ts';
import { AttackPanel } from './AttackPanel.tsx';
import { words } from './backdoor.text.ts';
import { Findings } from './Findings.tsx';

const Backdoor = () => <AttackPanel kind="backdoor">{(jobs) => <Findings kind="backdoor" jobs={jobs} />}</AttackPanel>;

export default {
  words,
  order: 5,
  isAvailable: ({ run }) => run.shown?.scenario.data.generator === 'backdoor',
  Component: Backdoor,
} satisfies RoomSection;
