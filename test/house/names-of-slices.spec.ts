import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { slices } from '../../src/slices.js';

/** Where every slice is served alike, so that a new one is written down in no place but its own. */
const rooms = ['src/platform', 'src/description', 'src/reading'];

const root = fileURLToPath(new URL('../..', import.meta.url));
const words = slices.flatMap(({ name, prefix }) => [name, prefix]).join('|');
/** A slice's name or its prefix, alone, before what a stream is called by, or as a part of an address. */
const naming = new RegExp(`^(?:\\S*/)?(?:${words})(?:[-/]\\S*)?$`);

function textOf(node: ts.Node): string | undefined {
  const isText =
    ts.isStringLiteralLike(node) ||
    ts.isTemplateHead(node) ||
    ts.isTemplateMiddle(node) ||
    ts.isTemplateTail(node);
  return isText ? node.text : undefined;
}

/** Fields of our own as well: what an act cites, by which dialogue a list is narrowed, and which a key sees. */
function isField(node: ts.Node): boolean {
  const { parent } = node;
  return (
    ['sources', 'dialogue', 'dialogues'].includes(textOf(node) ?? '') &&
    (ts.isElementAccessExpression(parent) ||
      ts.isLiteralTypeNode(parent) ||
      (ts.isArrayLiteralExpression(parent) &&
        ['pointer', 'problemAt'].some((name) => isCallOf(name, parent.parent))))
  );
}

function isCallOf(name: string, node: ts.Node): boolean {
  if (!ts.isCallExpression(node)) return false;
  const { expression } = node;
  return (ts.isPropertyAccessExpression(expression) ? expression.name : expression).getText() === name;
}

/** What a slice is to the record is asked for by its part, and one part has the name of the slice that plays it. */
function isPart(node: ts.Node): boolean {
  if (isCallOf('part', node.parent)) return true;
  for (let one = node.parent; !ts.isSourceFile(one); one = one.parent) {
    if (ts.isBinaryExpression(one)) return /[.\s]part\s*[!=]==/.test(` ${one.getText()}`);
    if (ts.isTypeAliasDeclaration(one)) return one.name.text === 'Part';
  }
  return false;
}

/** The lines, by number, on which a slice is named. */
function linesNaming(source: string): readonly string[] {
  const file = ts.createSourceFile('a.ts', source, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const text = ts.isImportDeclaration(node.parent ?? node) ? undefined : textOf(node);
    if (text !== undefined && naming.test(text) && !isField(node) && !isPart(node))
      found.push(`${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}: ${text}`);
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(file, visit);
  return found;
}

describe('The name of a slice', () => {
  it.each([
    "streams.folded('dialogues', id)",
    'read(`irritant-${id}`)',
    "if (kind === 'commitment') go();",
    "type Kind = 'roadmap';",
    "stream.startsWith('round-')",
    "@Controller('v1/irritants') class A {}",
    "view('sources')",
    "['sources']",
  ])('is found in %s', (source) => {
    expect(linesNaming(source)).toHaveLength(1);
  });

  it.each([
    "import { a } from '../dialogues/a.js';",
    "registry.part('dialogue')",
    "const is = slice.part === 'dialogue';",
    "type Part = 'dialogue' | 'matter';",
    "const { sources } = body; body['sources'];",
    "pointer(['sources', 1])",
    "type Cited = Pick<Meta, 'sources'>;",
    '// the dialogues\nconst irritants = `There is no source ${id}.`;',
    "'not-our-source'",
  ])('is not found in %s', (source) => {
    expect(linesNaming(source)).toEqual([]);
  });

  it.each(rooms)('stands nowhere in %s', (room) => {
    const files = readdirSync(join(root, room), { recursive: true, encoding: 'utf8' }).filter(
      (file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'),
    );
    const found = files.flatMap((file) =>
      linesNaming(readFileSync(join(root, room, file), 'utf8')).map((line) => `${room}/${file}:${line}`),
    );
    expect(found).toEqual([]);
  });
});
