/** The import rules of ARCHITECTURE.md, checked by dependency-cruiser (run it with `npm run imports`). */

const libs = require('./libs.cjs');
const { above, pureRole, pureSurroundings, rooms, shapeWords, slice, top } = require('./rooms.cjs');
const spec = '[.]spec[.]ts$';
const npm = ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'npm-unknown', 'undetermined'];

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Files that need each other are one file, or one of them knows too much.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'nothing-unresolved',
      comment: 'An import that leads nowhere would escape every other rule.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'declared-packages-only',
      comment: 'A package that only comes along with another one can go away with it.',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'no-dev-packages-in-the-program',
      comment: 'They are not installed where the program runs.',
      severity: 'error',
      from: {
        path: '^(src|libs|config)/',
        pathNot: [spec, '^libs/(client|[^/]+/(testing|contract))', '^config/.*[.][cm]js$'],
      },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'pure-roles-stay-in-their-slice',
      comment:
        'Rule 1: only pure files of its slice, the kernel, the two pure libs, and events of other slices.',
      severity: 'error',
      from: { path: `^src/([^/]+)/.+${pureRole}`, pathNot: '[.]view[.]ts$' },
      to: {
        path: '^(src|libs|config|test)/',
        pathNot: pureSurroundings,
      },
    },
    {
      name: 'views-say-what-they-give',
      comment: 'Rule 1: a view knows beside that only the words of shapes, in which it says what it gives.',
      severity: 'error',
      from: { path: '^src/([^/]+)/.+[.]view[.]ts$' },
      to: {
        path: '^(src|libs|config|test)/',
        pathNot: [...pureSurroundings, shapeWords],
      },
    },
    {
      name: 'rules-read-no-views',
      comment: 'Rule 1: what decides, folds or asks never leans on what is shown.',
      severity: 'error',
      from: { path: '^src/.+[.](events|decider|reactions|facts|commands)[.]ts$' },
      to: { path: '[.]view[.]ts$' },
    },
    {
      name: 'pure-roles-use-no-packages',
      comment: 'Rule 1: no Nest, no package, nothing of Node: no clock, no chance, no input or output.',
      severity: 'error',
      from: { path: `^src/.+${pureRole}` },
      to: { dependencyTypes: [...npm, 'core'] },
    },
    {
      name: 'slices-meet-through-events',
      comment: "Rule 2: another slice's only door is its events.",
      severity: 'error',
      from: { path: slice, pathNot: spec },
      to: { path: '^src/', pathNot: ['^src/$1/', '^src/(kernel|platform)/', '[.]events[.]ts$'] },
    },
    {
      name: 'slices-meet-by-types',
      comment: "Rule 2: another slice's events are imported as types, so that no slice runs code of another.",
      severity: 'error',
      from: { path: slice, pathNot: spec },
      to: { path: `${slice}.+[.]events[.]ts$`, pathNot: '^src/$1/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'platform-knows-no-slice',
      comment: 'The glue serves every slice alike: slices import it and register themselves.',
      severity: 'error',
      from: { path: '^src/platform/', pathNot: spec },
      to: { path: '^src/', pathNot: '^src/(kernel|platform)/' },
    },
    {
      name: 'kernel-knows-what-decides-alone',
      comment: 'The words that all slices share stand on the language of shapes, and on nothing else.',
      severity: 'error',
      from: { path: '^src/kernel/' },
      to: { pathNot: '^(src/kernel|libs/decider)/' },
    },
    ...rooms.map(({ room, below }) => ({
      name: `rooms-of-the-platform-${room}`,
      comment: 'A room of the platform knows those below it.',
      severity: 'error',
      from: { path: `^src/platform/${room}/`, pathNot: spec },
      to: {
        path: '^src/platform/',
        pathNot: `^src/platform/(${[room, ...below].join('|')})/`,
      },
    })),
    {
      name: 'everybody-asks-for-the-parts-that-they-use',
      comment: 'The open record as a whole is for whoever puts a program together.',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: [
          '^src/platform/record([.]module)?[.]ts$',
          '^src/(app[.]module|server|server-options)[.]ts$',
          '^src/cli/',
          spec,
        ],
      },
      to: { path: '^src/platform/record([.]module)?[.]ts$' },
    },
    {
      name: 'nothing-imports-the-top',
      comment: 'The program is put together in one place, and nothing below depends on how.',
      severity: 'error',
      from: { path: '^(src|libs|config)/', pathNot: [top, spec] },
      to: { path: top },
    },
    {
      name: 'description-joins-what-others-declare',
      comment: 'What a slice, the briefing or the demonstration adds to the description, it declares itself.',
      severity: 'error',
      from: { path: '^src/description/', pathNot: spec },
      to: { path: '^src/', pathNot: '^src/(description|kernel|layout|platform|reading)/' },
    },
    ...Object.entries(above).map(([room, never]) => ({
      name: `rooms-above-the-slices-${room}`,
      comment: 'A page is made of what is read, of books and of words; none of these knows pages.',
      severity: 'error',
      from: { path: `^src/${room}/`, pathNot: spec },
      to: { path: `^src/(${never})/` },
    })),
    {
      name: 'two-programs',
      comment: 'The server and the command line are put together; everything else is put into them.',
      severity: 'error',
      from: {
        path: '^(src|libs|config)/',
        pathNot: ['^src/server(-options)?[.]ts$', '^src/cli([.]ts$|/)', spec],
      },
      to: { path: '^src/app[.]module[.]ts$' },
    },
    ...libs,
    {
      name: 'the-program-imports-no-tests',
      severity: 'error',
      from: { path: '^(src|libs|config)/', pathNot: spec },
      to: { path: ['^test/', spec] },
    },
    {
      name: 'one-importer-of-eventstoredb',
      comment: 'Everything else speaks to the event store port.',
      severity: 'error',
      from: { pathNot: '^libs/event-store-eventstoredb/' },
      to: { path: '@eventstore/db-client' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^dist/', '^node_modules/.cache'] },
    // A package within this one is tested by what is declared here.
    combinedDependencies: true,
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'require', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
