import { hasAttack, type RoomSection } from '../room.ts';
import { AttackPanel } from './AttackPanel.tsx';
import { Findings } from './Findings.tsx';
import { words } from './relearn-numbers.text.ts';

const KIND = 'relearn-numbers';
const chart = { value: 'relearnExplained', axis: words.axis, summary: words.summary };

const Relearn = () => (
  <AttackPanel kind={KIND}>{(jobs) => <Findings kind={KIND} jobs={jobs} chart={chart} />}</AttackPanel>
);

export default { words, order: 10, isAvailable: hasAttack(KIND), Component: Relearn } satisfies RoomSection;
