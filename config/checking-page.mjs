import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('..', import.meta.url));
const entry = 'src/checking/page.ts';

/** Hashing and verifying with Node, which a page does for itself. */
const leftOut = 'libs/ledger/node.ts';

/** Where an import leads, as a path from the root. */
function target(from, name) {
  if (name.startsWith('#libs/')) return `${name.replace('#', '')}/index.ts`;
  return relative(root, join(root, dirname(from), name.replace(/\.js$/, '.ts')));
}

/** The entry and all that it needs, each as CommonJS in a function of its own, so that no name meets another. */
function modules() {
  const made = new Map();
  const make = (file) => {
    if (made.has(file)) return;
    made.set(file, '');
    const { outputText } = ts.transpileModule(readFileSync(join(root, file), 'utf8'), {
      compilerOptions: {
        module: ts.ModuleKind.CommonJS,
        target: ts.ScriptTarget.ES2022,
        removeComments: true,
      },
      fileName: file,
    });
    const text = outputText.replace(/require\("([^"]+)"\)/g, (_, name) => {
      const path = target(file, name);
      if (path === leftOut) return '{}';
      make(path);
      return `need(${JSON.stringify(path)})`;
    });
    made.set(file, text);
  };
  make(entry);
  return [...made].toSorted(([one], [other]) => (one < other ? -1 : 1));
}

/** The page that checks a bundle in a browser, whole in one file; the same for the same source. */
export function checkingPage() {
  const parts = modules().map(([file, text]) => `${JSON.stringify(file)}(need, exports) {\n${text}}`);
  const script =
    `const parts = {\n${parts.join(',\n')}\n};\nconst had = {};\n` +
    'const need = (name) => { if (!(name in had)) { had[name] = {}; parts[name](need, had[name]); } return had[name]; };\n' +
    `const page = need(${JSON.stringify(entry)});\n`;
  const html = readFileSync(join(root, 'src/checking/page.html'), 'utf8');
  // No sign of the script may end the element that it stands in.
  return html.replace('/* modules */', () => script.replaceAll('</', '<\\/'));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const page = checkingPage();
  mkdirSync(join(root, 'dist'), { recursive: true });
  writeFileSync(join(root, 'dist/check.html'), page);
  process.stdout.write(`dist/check.html ${createHash('sha256').update(page).digest('hex')}\n`);
}
