import type { Command } from 'commander';
import { loaded } from './loaded.js';

const servedOptions = [
  ['--server <address>', 'where the record is served (default: the server on the data folder)'],
  ['--as <principal>', "whose key of the folder's key file is used (default: the key in ENTENTE_KEY)"],
] as const;

/** What goes from other systems into the record, and to them. */
export function addExchange(entente: Command, dataOption: readonly [flags: string, meaning: string]): void {
  entente
    .command('import <file>')
    .description('bring a file of rows into a dialogue, CSV or JSON Lines: tried first, then recorded')
    .requiredOption('--dialogue <name>', 'the dialogue, by its id or the prefix of its keys')
    .option('--act <name>', 'what each row is, such as irritants, where the rows do not say it')
    .option('--mapping <file>', 'how the columns of the file become fields, as JSON')
    .option('--dry-run', 'try it only, and say what is wrong with which line')
    .option('--despite-faults', 'record the rows that can be, where others are refused')
    .option(...dataOption)
    .option(...servedOptions[0])
    .option(...servedOptions[1])
    .action(loaded(async () => (await import('./import.command.js')).importFile));
  entente
    .command('export')
    .description('take out what a key may see: acts as an import takes them, events, or states')
    .option('--dialogue <name>', 'one dialogue, by its id or the prefix of its keys (default: all)')
    .option('--what <what>', 'acts, events or states (default: acts)')
    .option('--list <name>', 'one list, such as irritants')
    .option('--format <format>', 'jsonl, or csv of the states of one list (default: jsonl)')
    .option('--known-at <T>', 'as the record stood: an instant, a day, or a moment from an answer')
    .option('--effective-at <T>', 'only what had happened by then: an EDTF date or an instant')
    .option('--out <file>', 'the file to be written (default: print it)')
    .option('--force', 'overwrite the file, where it is there already')
    .option(...dataOption)
    .option(...servedOptions[0])
    .option(...servedOptions[1])
    .action(loaded(async () => (await import('./export.command.js')).exportRecord));
}
