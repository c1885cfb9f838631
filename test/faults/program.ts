import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** Below node_modules, so that the compiled program finds the packages. */
const cache = join(root, 'node_modules/.cache/entente-program');
const staleMs = 3_600_000;

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
 * A build is named by what it was made from and appears whole, by a rename: two workers may make it at the same time,
 * and the second finds that of the first. Types are the business of another check.
 */
async function build(): Promise<string> {
  const folder = join(cache, fingerprint());
  const entry = join(folder, 'program/cli.js');
  if (existsSync(entry)) return entry;
  await mkdir(cache, { recursive: true });
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
  return entry;
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
