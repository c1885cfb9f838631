import { readdirSync, readFileSync } from 'node:fs';
import { amendmentCommands } from '../platform/commands/amendment.commands.js';

/** The sources, or what was compiled of them, which has the same names. */
const root = new URL('../', import.meta.url);

interface Source {
  readonly path: string;
  readonly text: string;
}

function sourcesIn(folder: string, role: RegExp): readonly Source[] {
  return readdirSync(new URL(`${folder}/`, root))
    .filter((name) => role.test(name) && /(?<![.](spec|d))[.][jt]s$/.test(name))
    .map((name) => ({
      path: `src/${folder}/${name.replace(/[.]js$/, '.ts')}`,
      text: readFileSync(new URL(`${folder}/${name}`, root), 'utf8'),
    }));
}

/** The row of a command in a table of rules. */
function hasRow({ text }: Source, command: string): boolean {
  return new RegExp(`^\\s*${command}(:|,$)`, 'm').test(text);
}

/** Where a command is told from others by its name, such as what brings something into being. */
function names({ text }: Source, command: string): boolean {
  return new RegExp(`case ['"]${command}['"]:|type(:| ===) ['"]${command}['"]`).test(text);
}

/** The function to which the row hands the command on, whatever is looked at before. */
function handedTo({ text }: Source, command: string): string | undefined {
  const row = new RegExp(`^\\s*${command}: (?:\\w+\\()*(\\w+)\\)*,$`, 'm');
  const inCase = new RegExp(`case ['"]${command}['"]:\\s*return (\\w+)\\(`);
  const creating = new RegExp(`type: ['"]${command}['"], create: (\\w+)\\b`);
  return (row.exec(text) ?? inCase.exec(text) ?? creating.exec(text))?.[1];
}

/** The path from which a source has what it does not declare itself, such as `irritant-closing.decider`. */
function importedFrom({ text }: Source, name: string | undefined): string | undefined {
  return new RegExp(`import \\{[^}]*\\b${name}\\b[^}]*\\} from ['"]\\./([\\w.-]+)\\.js['"]`).exec(text)?.[1];
}

export interface RuleFound {
  readonly file: string;
  /** The function of that file which decides, where the command is handed on to it. */
  readonly by?: string;
}

/**
 * Where the rule of a command stands, found in the code itself; where a slice has one file of rules and one command that
 * needs no name there, that file. Throws where it is not one.
 */
export function ruleOf(slice: string, command: string): RuleFound {
  const sources = Object.hasOwn(amendmentCommands, command)
    ? sourcesIn('platform/commands', /^amending/)
    : sourcesIn(slice, /[.](decider|rules)[.]/);
  const rows = sources.filter((one) => hasRow(one, command));
  const naming = sources.filter((one) => names(one, command));
  const [found, ...others] = [rows, naming, sources].find((those) => those.length > 0) ?? [];
  if (found === undefined || others.length > 0) throw new Error(`The rule of ${command} is not in one file.`);
  const by = handedTo(found, command);
  const elsewhere = sources.find(({ path }) => path.endsWith(`/${importedFrom(found, by)}.ts`));
  return elsewhere === undefined || by === undefined ? { file: found.path } : { file: elsewhere.path, by };
}
