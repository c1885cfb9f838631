import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import ts from 'typescript';

/** Inside the tree, so that packages are found from there, and inside node_modules, so that nothing else looks at it. */
export const consumer = fileURLToPath(new URL('../../node_modules/.cache/client-consumer', import.meta.url));
export const folder = join(consumer, 'node_modules/@entente/client');

const builder = fileURLToPath(new URL('../../config/client-package.mjs', import.meta.url));

/** The programs of the README of the package, each as a file of somebody who has installed it. */
export const programs = [
  ...readFileSync(new URL('../../libs/client/README.md', import.meta.url), 'utf8').matchAll(
    /^```ts\n([^]*?)^```$/gm,
  ),
].map(([, text = '']) => text);

/** What must not compile. */
const wrong = `import type { Entente } from '@entente/client';
export async function wrong(entente: Entente) {
  const irritant = await entente.open('irritants', 'RUUS-1');
  // @ts-expect-error no such collection
  await entente.open('irritant', 'RUUS-1');
  // @ts-expect-error no such act
  await irritant.act('aknowledge', {});
  // @ts-expect-error no such field
  await irritant.act('acknowledge', { statment: { en: 'Noted.' } });
  // @ts-expect-error a field that must be there
  await irritant.act('claim', { kind: 'other' });
  // @ts-expect-error the claim is not named
  await irritant.act('claims/{claimId}/confirm', { mode: 'same-text' });
  // @ts-expect-error no such filter
  entente.list('/v1/irritants', { query: { stages: 'raised' } });
  // @ts-expect-error not a list that goes on
  entente.list('/v1/keys');
  // @ts-expect-error no such stage
  return irritant.state.stage === 'unheard';
}
`;

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2024,
  lib: ['lib.es2024.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noUnusedLocals: true,
  skipLibCheck: true,
  types: ['node'],
};

function compiled(files: readonly string[]): readonly string[] {
  const program = ts.createProgram(files, options);
  const emitted = program.emit();
  return [...ts.getPreEmitDiagnostics(program), ...emitted.diagnostics].map((one) => {
    const line = one.file?.getLineAndCharacterOfPosition(one.start ?? 0).line ?? 0;
    return `${one.file?.fileName}:${line + 1}: ${ts.flattenDiagnosticMessageText(one.messageText, '\n')}`;
  });
}

export interface Installed<Client> {
  readonly files: readonly string[];
  /** What the compiler has to say of the programs of the README; nothing where all is well. */
  readonly faults: readonly string[];
  readonly client: Client;
  /** The compiled program of that number. */
  program(index: number): string;
}

/** Makes the package, installs it, and compiles what its README shows against it, under the strictest settings. */
export async function installed<Client>(document: object): Promise<Installed<Client>> {
  mkdirSync(consumer, { recursive: true });
  const description = join(consumer, 'openapi.json');
  writeFileSync(description, JSON.stringify(document));
  await promisify(execFile)(process.execPath, [builder, description, folder]);
  const files = readdirSync(folder).toSorted();
  writeFileSync(join(consumer, 'package.json'), '{ "type": "module" }\n');
  const sources = [...programs, wrong].map((text, index) => {
    const file = join(consumer, `readme-${index}.ts`);
    writeFileSync(file, text);
    return file;
  });
  const faults = compiled(sources);
  const client = (await import(pathToFileURL(join(folder, 'entente.js')).href)) as Client;
  return { files, faults, client, program: (index) => join(consumer, `readme-${index}.js`) };
}
