import { hasAttack, type RoomSection } from '../room.ts';
import { AttackPanel } from './AttackPanel.tsx';
import { Findings } from './Findings.tsx';
import { words } from './probe.text.ts';

const chart = { value: 'probeAccuracy', axis: words.axis, summary: words.summary };

const Probe = () => (
  <AttackPanel kind="probe">{(jobs) => <Findings kind="probe" jobs={jobs} chart={chart} />}</AttackPanel>
);

export default { words, order: 20, isAvailable: hasAttack('probe'), Component: Probe } satisfies RoomSection;
