import { hasAttack, type RoomSection } from '../room.ts';
import { AttackPanel } from './AttackPanel.tsx';
import { Findings } from './Findings.tsx';
import { words } from './lira.text.ts';
import { Scores } from './Scores.tsx';

const Lira = () => (
  <AttackPanel kind="lira" isCostly>
    {(jobs) => (
      <>
        <Scores jobs={jobs} axis={words.axis} />
        <Findings kind="lira" jobs={jobs} />
      </>
    )}
  </AttackPanel>
);

export default { words, order: 40, isAvailable: hasAttack('lira'), Component: Lira } satisfies RoomSection;
