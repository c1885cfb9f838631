import { Command, CommanderError } from 'commander';
import { CannotCheck } from '../checking/cannot-check.js';
import { versionLine } from '../platform/http/program-version.js';
import { addChecking, checkingCommands } from './checking.program.js';
import { CliFailure } from './cli-failure.js';
import { addExchange } from './exchange.program.js';
import { addKeys } from './keys.program.js';
import { pointEachToItsHelp } from './help-after-error.js';
import { loaded } from './loaded.js';
import { addReplay } from './replay.program.js';
import { addSigning } from './signing.program.js';
import { shown } from './shown.js';

const dataOption = ['--data <folder>', 'where the record lies (default: ENTENTE_DATA, or ./data)'] as const;

export function program(): Command {
  const entente = new Command('entente')
    .description('The shared, verifiable record of bilateral irritants.')
    .version(versionLine(), '--version', 'say which program this is')
    .showHelpAfterError('(entente --help lists the commands)')
    .exitOverride();
  entente
    .command('init')
    .description('make a data folder and its first keys')
    .option(...dataOption)
    .action(loaded(async () => (await import('./init.command.js')).init));
  entente
    .command('serve')
    .description('serve the record over HTTP')
    .option(...dataOption)
    .option('--host <address>', 'the address to listen on (default: ENTENTE_HOST, or loopback)')
    .option(
      '--port <number>',
      'the port to listen on (default: ENTENTE_PORT, or 4350; 0 lets the system choose)',
    )
    .option(
      '--accept-ledger-loss',
      'sign although nobody knows what was signed last: the guard file is begun anew',
    )
    .action(loaded(async () => (await import('./serve.command.js')).serve));
  entente
    .command('demo')
    .description("serve the Istanbul record of 2025, entered through the same commands as any client's")
    .option('--data <folder>', 'where the demonstration lies', 'data/demo')
    .option('--port <number>', 'the port to listen on (default: ENTENTE_PORT, or 4350)')
    .option(
      '--keys-file <file>',
      'where the demonstration keys are written (default: keys.json in the data folder)',
    )
    .action(loaded(async () => (await import('./demo.command.js')).demo));
  addReplay(entente, dataOption);
  addExchange(entente, dataOption);
  addCare(entente);
  addSigning(entente.command('sign').description('sign acts of a party with a key of its own'));
  addLedger(entente.command('ledger').description('the logs: their key, and how they go on after a restore'));
  addKeys(entente, dataOption);
  entente
    .command('routes')
    .description(
      'list every operation: method, address, name, the file of its rule, and the fields of its body',
    )
    .action(loaded(async () => (await import('./routes.command.js')).routes));
  addChecking(entente);
  pointEachToItsHelp(entente, 'entente');
  return entente;
}

/** For whoever runs the service. */
function addCare(entente: Command): void {
  entente
    .command('rebuild')
    .description('build every read model anew from the store')
    .option(...dataOption)
    .action(loaded(async () => (await import('./rebuild.command.js')).rebuild));
  entente
    .command('backup <file>')
    .description(
      'write the record of a folder into a new file, while a server works on it or not, and check it',
    )
    .option(...dataOption)
    .action(loaded(async () => (await import('./backup.command.js')).backup));
  entente
    .command('restore <copy>')
    .description('make the record of a folder without one from a backup, and begin a new epoch in it')
    .option(...dataOption)
    .action(loaded(async () => (await import('./restore.command.js')).restore));
  entente
    .command('migrate')
    .description('move a record from SQLite to a cluster, and compare both')
    .option(...dataOption)
    .requiredOption('--from <engine>', 'sqlite')
    .requiredOption('--to <connection>', 'esdb://…')
    .action(loaded(async () => (await import('./migrate.command.js')).migrate));
  entente
    .command('doctor [backup]')
    .description('check configuration, store and projections, or a backup, and say what to do')
    .option(...dataOption)
    .action(loaded(async () => (await import('./doctor.command.js')).doctor));
}

function addLedger(ledger: Command): void {
  addGoingOn(ledger);
  const key = ledger.command('key').description('make, change and tell the key of the logs');
  key
    .command('create')
    .description('make the key and its guard file, outside the data folder')
    .option(...dataOption)
    .action(loaded(async () => (await import('./ledger.command.js')).createLedgerKey));
  key
    .command('rotate')
    .description('put a new key before the present one: both sign from the next start on')
    .option(...dataOption)
    .option('--end', 'end the old key')
    .action(loaded(async () => (await import('./ledger.command.js')).rotateLedgerKey));
  key
    .command('export <dialogue>')
    .description(
      "print the public key as a policy takes it, for the log of a dialogue, by the dialogue's id; of a log that began anew, with /2 after it",
    )
    .option(...dataOption)
    .action(loaded(async () => (await import('./ledger.command.js')).exportLedgerKey));
}

function addGoingOn(ledger: Command): void {
  ledger
    .command('resume')
    .description('append what an older copy of the record lacks, byte for byte, from copies of its logs')
    .option(...dataOption)
    .requiredOption('--from <copies...>', 'a mirror or a running copy of each log that lacks something')
    .option('--policy <file>', 'whom you trust to have signed the copies (default: the key of the logs here)')
    .option('--without <dialogues...>', 'dialogues of whose logs nobody has a copy')
    .option('--short', 'take a copy that does not have all that was signed, for nobody has more')
    .action(loaded(async () => (await import('./resume.command.js')).resumeLogs));
  ledger
    .command('begin-anew <dialogue>')
    .description('let a log go on under another name, of which something that was signed is gone for good')
    .option(...dataOption)
    .requiredOption('--reason <line>', 'why, for both sides')
    .option(
      '--old-checkpoint <file>',
      'the last one of the old log (default: as guard file and store know it)',
    )
    .option('--policy <file>', 'whom you trust to have signed it (default: the key of the logs here)')
    .action(loaded(async () => (await import('./begin-anew.command.js')).beginAnew));
}

/** Runs one command; what goes wrong is said in a sentence, with exit code 1 (2 for a wrong call). */
export async function run(argv: readonly string[]): Promise<void> {
  const codes = codesOf(argv[2]);
  passOverHangUp(argv[2]);
  try {
    await program().parseAsync(argv);
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : codes.wrongCall;
      return;
    }
    if (isHangUp(error)) process.exitCode = hungUp;
    else {
      process.stderr.write(shown`entente: ${await sentenceOf(error)}\n`.text);
      process.exitCode = codes.failure;
    }
  }
  if (process.exitCode !== undefined) endOncePrinted();
}

/** Commands that check answer with 0, 1 and 2, so what keeps them from it has codes of sysexits(3). */
function codesOf(command: string | undefined) {
  return checkingCommands.includes(command ?? '')
    ? { wrongCall: 64, failure: 69 }
    : { wrongCall: 2, failure: 1 };
}

/** What else can fail knows stores and their drivers, which take a second to load. */
async function sentenceOf(error: unknown): Promise<string> {
  return error instanceof CliFailure || error instanceof CannotCheck
    ? error.message
    : (await import('./failures.js')).failureOf(error);
}

/** Of what a shell says where SIGPIPE (13) has ended a program: whoever read it had enough before it ended. */
const hungUp = 141;

/** They work on for others, whoever reads what they print. */
const servers: readonly string[] = ['serve', 'demo', 'witness'];

/** By what stdout ended, which forgets it. */
let readNoMore: Error | undefined;

/** A reader such as `head` may have enough before we end; that is nothing to speak of. What a verdict says stays. */
function passOverHangUp(command: string | undefined): void {
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      if (stream === process.stdout) readNoMore = error;
      if (stream === process.stdout && !servers.includes(command ?? '')) process.exitCode ??= hungUp;
    });
}

/** Whether what failed is that nobody reads any more, and not a connection to somewhere else. */
function isHangUp(error: unknown): boolean {
  const code = (error as Partial<NodeJS.ErrnoException> | undefined)?.code;
  const isOfStream = code === 'ERR_STREAM_DESTROYED' || code === 'ERR_STREAM_PREMATURE_CLOSE';
  return readNoMore !== undefined && (error === readNoMore || isOfStream);
}

/** What a failed start left running, such as the thread of the store, must not keep the process and its locks. */
function endOncePrinted(): void {
  process.stdout.write('', () => process.stderr.write('', () => process.exit()));
}
