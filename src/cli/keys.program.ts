import type { Command } from 'commander';
import { loaded } from './loaded.js';

type DataOption = readonly [flags: string, description: string];

/** The commands by which an operator says who may do and see what. */
export function addKeys(entente: Command, dataOption: DataOption): void {
  addGrants(
    entente.command('grants').description('say who sees which dialogues, of those who act for no party'),
    dataOption,
  );
  const keys = entente.command('keys').description('make, list and revoke API keys');
  keys
    .command('make')
    .description('make a key; it is shown once')
    .option(...dataOption)
    .requiredOption('--name <name>', 'whose key it is')
    .requiredOption(
      '--roles <roles>',
      'registrar, negotiator, secretariat, reader, auditor, operator; with commas',
    )
    .option('--party <code>', 'the party that it acts for')
    .option('--days <number>', 'how long it is valid', '365')
    .option('--principal <id>', 'another key for this principal')
    .option('--dialogues <ids>', 'without a party: the dialogues that it sees, with commas (default: all)')
    .option(
      '--recover <reason>',
      'at once, on a free folder, where no negotiator can approve it; both sides see it',
    )
    .action(loaded(async () => (await import('./keys.command.js')).makeKey));
  keys
    .command('list')
    .description('list the keys, without their secrets')
    .option(...dataOption)
    .action(loaded(async () => (await import('./keys.command.js')).listKeys));
  keys
    .command('revoke <id>')
    .description('revoke a key; it holds within a second')
    .option(...dataOption)
    .action(loaded(async () => (await import('./keys.command.js')).revokeKey));
}

function addGrants(grants: Command, dataOption: DataOption): void {
  grants
    .command('list')
    .description('list who sees which dialogues')
    .option(...dataOption)
    .action(loaded(async () => (await import('./grants.command.js')).listGrants));
  grants
    .command('give <principal> <dialogue>')
    .description('let a principal, by the id that "grants list" shows, see a dialogue, by its id')
    .option(...dataOption)
    .action(loaded(async () => (await import('./grants.command.js')).giveGrant));
  grants
    .command('withdraw <principal> <dialogue>')
    .description('let a principal see a dialogue no longer; it holds within a second')
    .option(...dataOption)
    .action(loaded(async () => (await import('./grants.command.js')).withdrawGrant));
}
