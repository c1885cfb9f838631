import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import openapiTS, { astToString } from 'openapi-typescript';
import type { OpenAPI3 } from 'openapi-typescript';
import ts from 'typescript';
import type { OpenApiDocument } from '../../src/description/document.js';

/** Inside the tree, so that packages are found from there, and inside node_modules, so that nothing else looks at it. */
const folder = fileURLToPath(new URL('../../node_modules/.cache/demo-client', import.meta.url));
const client = fileURLToPath(new URL('demo-client.ts.txt', import.meta.url));

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
  types: [],
};

export interface Compiled {
  /** What the compiler has to say; nothing where all is well. */
  readonly faults: readonly string[];
  /** The compiled client, to be imported. */
  readonly module: string;
}

/** Generates the types of the description, and compiles the client against them. */
export async function compileClient(document: OpenApiDocument): Promise<Compiled> {
  mkdirSync(folder, { recursive: true });
  const types = astToString(await openapiTS(document as unknown as OpenAPI3));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');
  writeFileSync(join(folder, 'interface.d.ts'), types);
  const source = join(folder, 'demo-client.ts');
  writeFileSync(source, readFileSync(client));
  const program = ts.createProgram([source], options);
  const emitted = program.emit();
  const faults = [...ts.getPreEmitDiagnostics(program), ...emitted.diagnostics].map((one) => {
    const line = one.file?.getLineAndCharacterOfPosition(one.start ?? 0).line ?? 0;
    return `${line + 1}: ${ts.flattenDiagnosticMessageText(one.messageText, '\n')}`;
  });
  return { faults, module: join(folder, 'demo-client.js') };
}
