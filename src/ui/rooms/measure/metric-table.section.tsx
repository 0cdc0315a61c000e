import type { RoomSection } from '../room.ts';
import { MetricTable } from './MetricTable.tsx';
import { words } from './metric-table.text.ts';
import './metric-table.css';

export default { title: words.title, hint: words.hint, order: 10, Component: MetricTable } satisfies RoomSection;
