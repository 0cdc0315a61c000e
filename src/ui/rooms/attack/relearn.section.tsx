import { hasAttack, type RoomSection } from '../room.ts';
import { AttackPanel } from './AttackPanel.tsx';
import { Findings } from './Findings.tsx';
import { words } from './relearn.text.ts';

const chart = { value: 'relearnAccuracy', axis: words.axis, summary: words.summary };

const Relearn = () => (
  <AttackPanel kind="relearn">{(jobs) => <Findings kind="relearn" jobs={jobs} chart={chart} />}</AttackPanel>
);

export default { words, order: 10, isAvailable: hasAttack('relearn'), Component: Relearn } satisfies RoomSection;
