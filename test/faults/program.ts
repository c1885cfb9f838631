import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** Below node_modules, so that the compiled program finds the packages. */
const cache = join(root, 'node_modules/.cache/entente-program');
const staleMs = 3_600_000;
/** Longer than a build takes on any machine. */
const makingMs = 180_000;

/** The imports of the project lead to its own dist; those of this build lead to itself. */
const manifest = {
  type: 'module',
  imports: {
    '#libs/*/testing': './libs/*/testing.js',
    '#libs/*': './libs/*/index.js',
    '#config': './config/environment.js',
  },
};

let program: Promise<string> | undefined;

/** The compiled `cli.js` of the tree as it stands; every spec that asks for the same tree gets the same build. */
export function compiledProgram(): Promise<string> {
  program ??= build();
  return program;
}

/**
 * A build is named by what it was made from and appears whole, by a rename. Of the workers that want it one makes it, and the
 * others wait; one that ended meanwhile leaves a mark that is too old. Types are the business of another check.
 */
async function build(): Promise<string> {
  const folder = join(cache, fingerprint());
  const entry = join(folder, 'program/cli.js');
  const mark = `${folder}.making`;
  await mkdir(cache, { recursive: true });
  for (;;) {
    if (existsSync(entry)) return entry;
    if (await isMarked(mark)) break;
    await pause(200);
  }
  try {
    await make(folder);
  } finally {
    await rm(mark, { recursive: true, force: true });
  }
  return entry;
}

/** Whether it is now ours to make. */
async function isMarked(mark: string): Promise<boolean> {
  const made = statSync(mark, { throwIfNoEntry: false });
  if (made !== undefined && Date.now() - made.mtimeMs > makingMs) await rm(mark, { recursive: true });
  return mkdir(mark).then(
    () => true,
    () => false,
  );
}

async function make(folder: string): Promise<void> {
  const draft = await mkdtemp(join(cache, 'draft-'));
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const options = ['--outDir', draft, '--incremental', 'false', '--tsBuildInfoFile', 'null', '--noCheck'];
  await promisify(execFile)(process.execPath, [tsc, '-p', 'config/tsconfig.build.json', ...options], {
    cwd: root,
  });
  await copyAssets(draft);
  await writeFile(join(draft, 'package.json'), JSON.stringify(manifest));
  await promisify(execFile)(process.execPath, ['config/bundle.mjs', draft], { cwd: root });
  await rename(draft, folder).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    await rm(draft, { recursive: true });
  });
  await dropStale();
}

/** What is no TypeScript and the program reads, as the build that is shipped takes it along. */
async function copyAssets(draft: string): Promise<void> {
  const { sourceRoot, compilerOptions } = JSON.parse(readFileSync(join(root, 'nest-cli.json'), 'utf8')) as {
    sourceRoot: string;
    compilerOptions: { assets: string[] };
  };
  for (const file of globSync(compilerOptions.assets, { cwd: join(root, sourceRoot) })) {
    const target = join(draft, sourceRoot, file);
    await mkdir(dirname(target), { recursive: true });
    await copyFile(join(root, sourceRoot, file), target);
  }
}

function fingerprint(): string {
  const hash = createHash('sha256');
  for (const tree of ['src', 'libs', 'config']) {
    const names = readdirSync(join(root, tree), { recursive: true, encoding: 'utf8' }).sort();
    for (const name of names) {
      if (name.endsWith('.spec.ts') || !/\.(ts|json|md|css)$|^bundle\.mjs$/.test(name)) continue;
      hash.update(name).update(readFileSync(join(root, tree, name)));
    }
  }
  return hash.digest('hex').slice(0, 20);
}

/** Each change of the tree leaves a build behind; one that another run may still use is kept. */
async function dropStale(): Promise<void> {
  const old = readdirSync(cache).filter((name) => Date.now() - statSync(join(cache, name)).mtimeMs > staleMs);
  for (const name of old) await rm(join(cache, name), { recursive: true, force: true });
}
