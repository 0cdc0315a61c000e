import { hasAttack, type RoomSection } from '../room.ts';
import { AttackPanel } from './AttackPanel.tsx';
import { words } from './epsilon.text.ts';
import { Findings } from './Findings.tsx';

const Epsilon = () => (
  <AttackPanel kind="epsilon" isCostly>
    {(jobs) => <Findings kind="epsilon" jobs={jobs} />}
  </AttackPanel>
);

export default { words, order: 50, isAvailable: hasAttack('epsilon'), Component: Epsilon } satisfies RoomSection;
