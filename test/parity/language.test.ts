import './language/objectives.ts';
import './language/updates.ts';
import './language/rows.ts';
import './language/metrics.ts';
import { reference } from './language/fixtures.ts';
import { WITHOUT_COUNTERPART } from './language/without-counterpart.ts';
import { everyNumberIsCompared } from './reference.ts';

everyNumberIsCompared(reference, ['forward', 'losses', 'updates', 'metrics'], WITHOUT_COUNTERPART);
