import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { together } from '../config/together.mjs';

/** House rules that no linter knows. Each list below is empty, or names the file and the line to mend. */
const root = fileURLToPath(new URL('..', import.meta.url));
const notOurs = ['node_modules', 'dist', 'coverage', 'data', 'package-lock.json'];
const files = readdirSync(root, { withFileTypes: true })
  .filter(({ name }) => !name.startsWith('.') && !notOurs.includes(name))
  .flatMap((entry) => (entry.isDirectory() ? filesBelow(entry.name) : [entry.name]));
const thisFile = 'test/tidiness.spec.ts';

function filesBelow(tree: string): string[] {
  return readdirSync(join(root, tree), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'));
}

/** `src/a.ts:12` for every line in the chosen files that the pattern matches; comment lines count too. */
function places(pattern: RegExp, chosen: (file: string) => boolean): string[] {
  return files
    .filter((file) => file !== thisFile && chosen(file))
    .flatMap((file) =>
      readFileSync(join(root, file), 'utf8')
        .split('\n')
        .flatMap((line, at) => (pattern.test(line) ? [`${file}:${at + 1}`] : [])),
    );
}

const isCode = (file: string) => /\.([cm]?[jt]s)$/.test(file);
const isSpec = (file: string) => file.endsWith('.spec.ts');
const inProgram = (file: string) => file.startsWith('src/') && isCode(file) && !isSpec(file);

const clock = /\bnew Date\(\s*\)|\bDate\.now\b|\bDate\(\s*\)|\bperformance\.now\b|\bhrtime\b/;
const chance = /\bMath\.random\b|\brandom(UUID|Bytes|Int|FillSync)\b|\bgetRandomValues\b/;
const uuidMakers = /\bv[1467]\b.*from 'uuid'/;
const environment = /\bprocess\s*(\?\.|\.|\[['"])\s*env\b|\bimport\.meta\.env\b|\benv\b.*from 'node:process'/;

describe('the patterns find what they are meant to find', () => {
  it.each([
    [
      clock,
      ['new Date()', 'Date.now()', 'performance.now()'],
      ['new Date(at)', 'Date.parse(text)', 'newDate()'],
    ],
    [chance, ['Math.random()', 'randomUUID()', 'randomBytes(16)'], ['randomly', 'Math.round(1)']],
    [
      uuidMakers,
      ["import { v7 } from 'uuid'", "import { v4 as id } from 'uuid'"],
      ["import { v5 } from 'uuid'"],
    ],
    [
      environment,
      ['process.env.A', "process['env']", "import { env } from 'node:process'"],
      ['process.exit()'],
    ],
  ])('%s', (pattern, found, passed) => {
    expect(found.filter((text) => !pattern.test(text))).toEqual([]);
    expect(passed.filter((text) => pattern.test(text))).toEqual([]);
  });

  it('and look at the whole tree', () => {
    expect(files).toEqual(expect.arrayContaining(['package.json', 'libs/edtf/index.ts', thisFile]));
    expect(files.filter(inProgram).length).toBeGreaterThan(10);
  });
});

describe('the tree is tidy', () => {
  it('only clock.ts reads the time', () => {
    expect(places(clock, (file) => inProgram(file) && file !== 'src/platform/record/clock.ts')).toEqual([]);
  });

  it('only ids.ts uses chance', () => {
    const chosen = (file: string) => inProgram(file) && file !== 'src/platform/record/ids.ts';
    expect([...places(chance, chosen), ...places(uuidMakers, chosen)]).toEqual([]);
  });

  it('only environment.ts reads the environment', () => {
    const chosen = (file: string) => /^(src|libs|config)\//.test(file) && isCode(file) && !isSpec(file);
    expect(places(environment, (file) => chosen(file) && file !== 'config/environment.ts')).toEqual([]);
  });

  it('only one lib knows the EventStoreDB client', () => {
    // What an administrator runs once at the cluster is no part of the program.
    const apart = ['libs/event-store-eventstoredb/', 'docker/make-user.mjs'];
    const outside = (file: string) => isCode(file) && !apart.some((one) => file.startsWith(one));
    expect(places(/from '@eventstore\/|import\('@eventstore\//, outside)).toEqual([]);
  });

  it('what a request appends goes through appending.ts, which notes that it did', () => {
    // These append of themselves, for no request: what moves a store, draws consequences, holds it for all servers, and
    // what a log signs.
    const ofThemselves =
      /^src\/platform\/(record\/(appending|appends|migration|moments|traced)|reactions\/(reactions\.service|lease))\.ts$|^src\/ledger\/(cosignatures|host|releases)\.ts$/;
    const chosen = (file: string) => inProgram(file) && !ofThemselves.test(file);
    expect(places(/\b(store|target)\.append\(/, chosen)).toEqual([]);
  });

  it('files are named for what they hold', () => {
    const empty = /(^|[./-])(utils?|commons?|helpers?|misc)([./-]|$)/i;
    expect(files.filter((file) => empty.test(file))).toEqual([]);
  });

  it('names are in kebab-case, with the role after a dot', () => {
    const kebab = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9-]+)+$/;
    const named = files.filter((file) => isCode(file)).map((file) => file.split('/').at(-1) ?? '');
    expect(named.filter((name) => !kebab.test(name))).toEqual([]);
  });

  it('what is left to do is written down elsewhere', () => {
    expect(
      places(/\b(TODO|FIXME|XXX|HACK)\b/, (file) => isCode(file) || /\.(ya?ml|md|json)$/.test(file)),
    ).toEqual([]);
  });

  it('specs wait for what they test and never for time to pass', () => {
    const sleep = /\bsetTimeout\b.*from 'node:timers\/promises'|new Promise\(.*setTimeout/;
    expect(places(sleep, isSpec)).toEqual([]);
  });

  it('no test is left out or run alone', () => {
    expect(
      places(/\b(it|test|describe)\.(only|skip|todo)\b|\b(xit|fit|xdescribe|fdescribe)\(/, isCode),
    ).toEqual([]);
  });
});

describe('what is declared together', () => {
  it('has a file for each group', () => {
    const present = files
      .filter((file) => file.startsWith('test/together/'))
      .flatMap((file) => /([^/]+)[.]ts$/.exec(file)?.[1] ?? []);
    expect(new Set(present)).toEqual(new Set(Object.keys(together)));
  });

  it('is declared once, and there is something in each group', () => {
    const specs = Object.values(together).flat();
    expect(specs).toEqual([...new Set(specs)]);
    expect(Object.entries(together).filter(([, group]) => group.length < 2)).toEqual([]);
  });
});
