import { scrubbing, takeOut } from './taken-out.mjs';

/** The program that never holds its store against its logs. */
takeOut(scrubbing);
