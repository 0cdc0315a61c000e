import type { RoomSection } from '../room.ts';
import { MetricTable } from './MetricTable.tsx';
import { words } from './metric-table.text.ts';
import './metric-table.css';

export default { words, order: 10, Component: MetricTable } satisfies RoomSection;
