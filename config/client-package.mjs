import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import openapiTS, { astToString } from 'openapi-typescript';
import { rolldown } from 'rolldown';
import ts from 'typescript';

const root = fileURLToPath(new URL('..', import.meta.url));
const source = join(root, 'libs/client');
/** The two files that are made here: what the package is entered by, and the types of the interface. */
const entry = join(source, 'entente.ts');
const interfaceOf = join(source, 'interface.d.ts');

function schemasOf(content) {
  return Object.fromEntries(Object.entries(content).map(([type, { schema }]) => [type, { schema }]));
}

/** The client signs acts, and tells problems by their code: neither is repeated at each of 250 operations. */
function asTyped({ parameters, responses, ...operation }) {
  const successes = Object.entries(responses).filter(([status]) => status.startsWith('2'));
  const problem = {
    description: 'A problem.',
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  };
  return {
    ...operation,
    ...(parameters === undefined
      ? {}
      : { parameters: parameters.filter(({ name }) => !/^(Entente-|Signature)/.test(name)) }),
    responses: Object.fromEntries([
      ...successes.map(([status, { description, content }]) => [
        status,
        { description, content: schemasOf(content) },
      ]),
      ['default', problem],
    ]),
  };
}

function reduced({ components: { schemas }, paths, ...document }) {
  const typed = Object.entries(paths).map(([path, operations]) => [
    path,
    Object.fromEntries(Object.entries(operations).map(([method, one]) => [method, asTyped(one)])),
  ]);
  return { ...document, paths: Object.fromEntries(typed), components: { schemas } };
}

/** What the compiler reads beside the files that are there. */
async function madeFiles(document) {
  return new Map([
    [entry, readFileSync(join(source, 'entente.ts.txt'), 'utf8')],
    [interfaceOf, astToString(await openapiTS(reduced(document)))],
  ]);
}

const options = {
  target: ts.ScriptTarget.ES2024,
  lib: ['lib.es2024.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts', 'lib.dom.asynciterable.d.ts'],
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: true,
  types: [],
  declaration: true,
  emitDeclarationOnly: true,
  stripInternal: true,
  rootDir: root,
};

/** Writes the types of each file of the client; throws where it does not compile with those of a browser alone. */
function writeTypes(made, target) {
  const host = ts.createCompilerHost(options);
  const onDisk = { ...host };
  host.readFile = (file) => made.get(resolve(file)) ?? onDisk.readFile(file);
  host.fileExists = (file) => made.has(resolve(file)) || onDisk.fileExists(file);
  const program = ts.createProgram([entry], options, host);
  const own = program.getSourceFiles().filter(({ fileName }) => fileName.startsWith(`${source}/`));
  const faults = own.flatMap((file) => ts.getPreEmitDiagnostics(program, file));
  if (faults.length > 0) throw new Error(ts.formatDiagnostics(faults, host));
  const write = (path, text) => {
    const name = path.split('/').at(-1);
    // Nobody who looks at the types of packages would find it, and for all others it would be anything.
    if (/(from|import\()\s*['"]\.\./.test(text))
      throw new Error(`${name} has types of what is not in the package.`);
    writeFileSync(join(target, name), text);
  };
  for (const file of own) if (!file.isDeclarationFile) program.emit(file, write, undefined, true);
  writeFileSync(join(target, 'interface.d.ts'), made.get(interfaceOf));
}

/** Nothing of Node is in it: what the ledger hands in of Node is left out with whatever uses it. */
async function writeProgram(made, target) {
  const program = await rolldown({
    input: entry,
    platform: 'neutral',
    external: (id) => id === 'openapi-fetch' || id.startsWith('node:'),
    resolve: { extensionAlias: { '.js': ['.ts', '.js'] } },
    treeshake: { moduleSideEffects: false },
    plugins: [
      {
        name: 'made-files',
        resolveId: (id) => (made.has(id) ? id : null),
        load: (id) => made.get(id) ?? null,
      },
    ],
    onLog(_, log) {
      throw new Error(log.message);
    },
  });
  await program.write({ file: join(target, 'entente.js'), format: 'esm' });
  const text = readFileSync(join(target, 'entente.js'), 'utf8');
  if (text.includes('node:')) throw new Error('The client would need Node.');
}

/** Makes the package of the client of a server that is described so, in a folder that is emptied first. */
async function makeClientPackage(document, target) {
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  const made = await madeFiles(document);
  writeTypes(made, target);
  await writeProgram(made, target);
  for (const file of ['package.json', 'README.md']) cpSync(join(source, file), join(target, file));
  cpSync(join(root, 'LICENSE'), join(target, 'LICENSE'));
}

/** From the program as it is compiled: the description is drawn from the same declarations that the server serves. */
async function describedByTheProgram() {
  const compiled = async (file) => import(pathToFileURL(join(root, 'dist/src', file)).href);
  const { describe } = await compiled('description/document.js');
  const [{ slices }, { described }, { rights }] = await Promise.all(
    ['slices.js', 'described.js', 'rights.js'].map(compiled),
  );
  return describe(slices, described, rights);
}

const [description, target = join(root, 'dist/client')] = process.argv.slice(2);
const document =
  description === undefined ? await describedByTheProgram() : JSON.parse(readFileSync(description, 'utf8'));
await makeClientPackage(document, resolve(target));
process.stdout.write(`${target}: ${readdirSync(target).toSorted().join(' ')}\n`);
