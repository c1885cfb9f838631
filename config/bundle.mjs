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
 * Joins the program that the compiler has put into `folder` with all its packages into few files in `folder/program`:
 * a start that looks for two thousand files takes twice the time.
 */
async function bundle(folder) {
  const target = join(folder, 'program');
  const program = await rolldown({
    input: join(folder, 'src/cli.js'),
    platform: 'node',
    external: (id) => notInstalled.some((name) => id === name || id.startsWith(`${name}/`)),
    plugins: [placesKept(folder, target)],
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
