import { hasAttack, type RoomSection } from '../room.ts';
import { AttackPanel } from './AttackPanel.tsx';
import { Findings } from './Findings.tsx';
import { words } from './membership.text.ts';
import { Scores } from './Scores.tsx';

const Membership = () => (
  <AttackPanel kind="membership">
    {(jobs) => (
      <>
        <Scores jobs={jobs} axis={words.axis} />
        <Findings kind="membership" jobs={jobs} />
      </>
    )}
  </AttackPanel>
);

export default { words, order: 30, isAvailable: hasAttack('membership'), Component: Membership } satisfies RoomSection;
