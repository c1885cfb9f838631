import { registerHooks } from 'node:module';

/** Node strips the types of a source but looks for the `.js` that its imports name; the `.ts` lies beside it. */
registerHooks({
  resolve(specifier, context, next) {
    try {
      return next(specifier, context);
    } catch (error) {
      if (!/^\.{1,2}\/.*\.js$/.test(specifier)) throw error;
      return next(specifier.replace(/\.js$/, '.ts'), context);
    }
  },
});
