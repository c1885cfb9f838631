import type { Command } from 'commander';
import { loaded } from './loaded.js';

/** Those of the commands below whose exit code is an answer. */
export const checkingCommands: readonly string[] = ['verify', 'compare', 'mirror'];

const policy = ['--policy <file>', 'whom you trust: a c2sp.org/tlog-policy'] as const;
const keys = [
  '--keys <file>',
  'what you know of the parties: thumbprints of act keys, whose witness is whose',
] as const;

/** The commands that check a record, or keep what proves it, away from the server. */
export function addChecking(entente: Command): void {
  entente
    .command('verify <where>')
    .description('check a bundle, a mirror or a running server, against a policy of your own')
    .requiredOption(...policy)
    .option(...keys)
    .option(
      '--rules',
      'play the whole log by the rules as well: each conclusion follows, and none is missing',
    )
    .action(loaded(async () => (await import('./verify.command.js')).verify));
  entente
    .command('mirror <url> <folder>')
    .description('copy a log into a folder, or bring the copy up to date; it goes on where it was ended')
    .requiredOption(...policy)
    .option(
      '--evidence <folder>',
      'where the evidence of a rewritten log is kept (default: beside the folder)',
    )
    .action(loaded(async () => (await import('./mirror.command.js')).mirrorLog));
  entente
    .command('bundle <key>')
    .description(
      'put the history of an irritant, or the log of a dialogue, into one file that verifies by itself',
    )
    .requiredOption('--from <where>', 'a server, the ledger of a dialogue on it, or a mirror')
    .option('--out <file>', 'the archive (default: the key with .tar)')
    .action(loaded(async () => (await import('./bundle.command.js')).bundle));
  entente
    .command('compare <one> <other>')
    .description(
      'find out whether a log has shown two histories: checkpoints or receipts, of files, mirrors or servers',
    )
    .requiredOption(...policy)
    .option('--log <where>', 'a mirror or server with the hashes of the log')
    .option('--proof <file>', 'the proof of earlier evidence')
    .option('--evidence <folder>', 'where the evidence of a split view is kept', 'split-view')
    .action(loaded(async () => (await import('./compare.command.js')).compare));
  addWitness(entente);
}

const witnessFolder = ['--folder <folder>', 'the key of the witness and what it has cosigned'] as const;
const witnessLogs = [
  '--logs <file>',
  'the logs that it knows: origin and verifier key, one log a line',
] as const;
const witnessName = [
  '--name <name>',
  'the name of a key that is made now, such as witness.example.org',
] as const;

function addWitness(entente: Command): void {
  entente
    .command('witness')
    .description('countersign the checkpoints of logs over HTTP (c2sp.org/tlog-witness)')
    .requiredOption(...witnessFolder)
    .requiredOption(...witnessLogs)
    .option(...witnessName)
    .option('--host <address>', 'the address to listen on', '127.0.0.1')
    .option('--port <number>', 'the port to listen on; 0 lets the system choose', '4351')
    .option('--mirror <folder>', 'follow the logs, copy them into this folder, and raise alarms')
    .option('--from <url>', 'the server that --mirror follows; a key that may read goes in ENTENTE_KEY')
    .option(...keys)
    .action(loaded(async () => (await import('./witness.command.js')).serveWitnessHere));
  entente
    .command('cosign <file>')
    .description('countersign a checkpoint on a machine without a network')
    .option(...witnessFolder)
    .option(...witnessLogs)
    .option(...witnessName)
    .option('--out <file>', 'where the cosigned checkpoint goes (default: printed)')
    .option('--request <where>', 'make the file instead, from a server or mirror')
    .option('--old <size>', 'how many entries the witness has cosigned', '0')
    .action(loaded(async () => (await import('./cosign.command.js')).cosign));
}
