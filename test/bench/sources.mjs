import { registerHooks } from 'node:module';

/** What runs a test is not there; a library for tests may bring its contract along, which nobody asks for here. */
const noTests = `data:text/javascript,${encodeURIComponent(
  ['afterAll', 'afterEach', 'beforeAll', 'beforeEach', 'describe', 'expect', 'it', 'jest']
    .map((name) => `export const ${name} = undefined;`)
    .join(''),
)}`;

/** Node strips the types of a source but looks for the `.js` that its imports name; the `.ts` lies beside it. */
registerHooks({
  resolve(specifier, context, next) {
    if (specifier === '@jest/globals') return { url: noTests, shortCircuit: true };
    try {
      return next(specifier, context);
    } catch (error) {
      if (!/^\.{1,2}\/.*\.js$/.test(specifier)) throw error;
      return next(specifier.replace(/\.js$/, '.ts'), context);
    }
  },
});
