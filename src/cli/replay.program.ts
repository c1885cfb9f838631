import type { Command } from 'commander';
import { loaded } from './loaded.js';

/** The history of one irritant in the terminal. */
export function addReplay(entente: Command, dataOption: readonly [flags: string, meaning: string]): void {
  entente
    .command('replay <key>')
    .description('replay one irritant in the terminal, event by event')
    .option(...dataOption)
    .option(
      '--known-at <T>',
      'as the record stood: an instant, a day (2025-04-10, its end), a revision (r12), an ordinal of the dialogue (s340) or a moment from an answer',
    )
    .option('--effective-at <T>', 'only what had happened by then: an EDTF date or an instant')
    .option(
      '--grade <grade>',
      'by what --known-at is told: recorded, logged (what the log had signed), or witnessed:NAME (what that witness or party had countersigned)',
    )
    .option('--json', 'one JSON frame a line')
    .action(loaded(async () => (await import('./replay.command.js')).replayInTerminal));
}
