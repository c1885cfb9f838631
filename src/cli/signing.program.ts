import type { Command } from 'commander';
import { loaded } from './loaded.js';

const actKeyOption = ['--key <file>', 'the key file of the party, for its owner alone'] as const;
const checkpointOption = [
  '--checkpoint <file>',
  'the last checkpoint of the log that was checked (default: none was seen)',
] as const;

/** The commands by which a party signs what it says. */
export function addSigning(signing: Command): void {
  signing
    .command('key <file>')
    .description('make a key in a file for its owner alone, and print its public half and its thumbprint')
    .action(loaded(async () => (await import('./sign.command.js')).signKey));
  signing
    .command('possession')
    .description('print the body by which the key is registered in a dialogue')
    .requiredOption(...actKeyOption)
    .requiredOption(
      '--origin <origin>',
      'of the log of the dialogue: its host, a slash, the id of the dialogue',
    )
    .option('--witness <name>', 'for the witness of this name, and not for acts')
    .action(loaded(async () => (await import('./sign.command.js')).signPossession));
  signing
    .command('act <file>')
    .description('sign what ?dryRun=true answered (a file, or - for what is piped in), and print the headers')
    .requiredOption(...actKeyOption)
    .option(...checkpointOption)
    .action(loaded(async () => (await import('./sign.command.js')).signAct));
  signing
    .command('send <address>')
    .description('ask what an act would record, show it, sign it, send it; the API key is in ENTENTE_KEY')
    .requiredOption(...actKeyOption)
    .option(...checkpointOption)
    .option('--body <file>', 'the JSON body of the act (- for what is piped in)')
    .option(
      '--if-match <tag>',
      'the ETag that the act was decided on, with its quotation marks; only what is made anew needs none',
    )
    .option('--idempotency-key <key>', 'the same with every repeat (default: a new one)')
    .action(loaded(async () => (await import('./sign.command.js')).signAndSend));
}
