import { rm } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { join, relative, resolve } from 'node:path';
import process from 'node:process';
import { rolldown } from 'rolldown';

/** What Nest loads only where it is there, and here it is not. */
const notInstalled = [
  '@nestjs/platform-express',
  '@nestjs/websockets',
  '@nestjs/microservices',
  '@fastify/multipart',
  '@fastify/static',
  '@fastify/view',
];

/** A module that reads files beside itself finds them where the compiler has put it, wherever its code runs. */
function placesKept(folder, target) {
  return {
    name: 'places-kept',
    transform(code, id) {
      if (relative(folder, id).startsWith('..') || !code.includes('import.meta.url')) return null;
      const place = JSON.stringify(relative(target, id));
      return code.replaceAll('import.meta.url', `new URL(${place}, import.meta.url).href`);
    },
  };
}

/**
 * The form of class-validator of which no more is taken than is used: checks of telephone numbers alone are half a
 * megabyte. The pipe of Nest, which would take all of it, is not used here and finds the package itself.
 */
const checksUsed = {
  name: 'checks-used',
  resolveId(source, importer = '') {
    if (source !== 'class-validator') return null;
    if (importer.includes('/node_modules/@nestjs/')) return { id: source, external: true };
    return join(import.meta.dirname, '../node_modules/class-validator/esm2015/index.js');
  },
};

/** Of Node's own modules what is loaded once somebody looks at it. Whoever imports one of them is told so by the bundler. */
const madeWhenLookedAt = new Set(['WebSocket', 'CloseEvent', 'MessageEvent', 'webcrypto', 'subtle']);
const builtinMark = '\0builtin:';

/**
 * What Node brings along is taken from it as it is. An import statement has Node make a module of it first and look at
 * all that it exports: of `node:http` that loads a client, which nobody asked for and which takes as long as all of Nest.
 */
const builtins = {
  name: 'builtins',
  resolveId(source, importer, { kind }) {
    const isTaken = kind === 'import-statement' && isBuiltin(source);
    return isTaken ? `${builtinMark}${source}` : null;
  },
  load(id) {
    if (!id.startsWith(builtinMark)) return null;
    const name = id.slice(builtinMark.length);
    const builtin = process.getBuiltinModule(name);
    const names = Object.keys(builtin).filter((key) => key !== 'default' && !madeWhenLookedAt.has(key));
    return `const builtin = process.getBuiltinModule(${JSON.stringify(name)});
export default builtin;
export const { ${names.join(', ')} } = builtin;`;
  },
};

/**
 * Joins the program that the compiler has put into `folder` with all its packages into few files in `folder/program`:
 * a start that looks for two thousand files takes twice the time.
 */
async function bundle(folder) {
  const target = join(folder, 'program');
  // What V8 made of an earlier program is of no use to this one, and would pile up build by build.
  await rm(join(folder, 'compiled'), { recursive: true, force: true });
  const program = await rolldown({
    input: join(folder, 'src/cli.js'),
    platform: 'node',
    external: (id) => notInstalled.some((name) => id === name || id.startsWith(`${name}/`)),
    plugins: [checksUsed, builtins, placesKept(folder, target)],
    onLog(level, log, print) {
      // Packages that build functions from text, as ajv does, are known to.
      if (level === 'warn' && log.code !== 'EVAL') throw new Error(log.message);
      if (level !== 'warn') print(level, log);
    },
  });
  await program.write({
    dir: target,
    format: 'esm',
    entryFileNames: '[name].js',
    // Nest and the refusals name classes.
    keepNames: true,
    cleanDir: true,
  });
}

await bundle(resolve(process.argv[2]));
