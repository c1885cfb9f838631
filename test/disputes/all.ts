import { algiers } from './algiers.js';
import { border } from './border.js';
import { compounds } from './compounds.js';
import { plates } from './plates.js';
import { prisoners } from './prisoners.js';
import { tanks } from './tanks.js';
import type { Dispute } from './telling.js';

/** Of different make, and some of them between the same two, or with a side in common. */
export const disputes: readonly Dispute[] = [algiers, plates, compounds, prisoners, border, tanks];
