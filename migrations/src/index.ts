import { Initial1763690000000 } from './0001-initial.js';

/** Every migration in the order it runs. Append only: a released migration never changes. */
export const migrations = [Initial1763690000000];
