/** The rooms of the tree, for the import rules. */

/** The files of a slice that decide and tell, and that a stranger can therefore test and replay without the program. */
const pureRole = '[.](events|decider|reactions|facts|view|summaries|commands)[.]ts$';
/** What such a file may know: `$1` is its slice. */
const pureSurroundings = [
  `^src/$1/.+${pureRole}`,
  '^src/[^/]+/.+[.]events[.]ts$',
  '^(src/kernel|libs/decider|libs/versioned-text)/',
];
/** The words in which a view says what it gives. */
const shapeWords = '^src/platform/shapes/(claim-shapes|fields|json-schema|said-shapes|version-shapes)[.]ts$';
/** What stands above the slices and may know them all. */
const top =
  '^src/(app[.]module|slices[.]module|described|server|server-options|slices|rights|cli)[.]ts$|^src/(cli|checking|site|briefing|wording|layout|reading|description|demo|feed|following|exchange-of-data)/';
/** Group 1 is the slice. */
const slice =
  '^src/(?!(?:kernel|platform|cli|checking|site|briefing|wording|layout|reading|description|demo|feed|following|exchange-of-data)/)([^/]+)/';
/** The rooms of the platform, each with those that it may know. */
const rooms = [
  { room: 'problems', below: [] },
  { room: 'shapes', below: ['problems'] },
  { room: 'record', below: ['problems', 'shapes'] },
  { room: 'lists', below: ['record', 'shapes'] },
  { room: 'access', below: ['problems', 'record', 'shapes'] },
  { room: 'reactions', below: ['record'] },
  { room: 'commands', below: ['access', 'lists', 'problems', 'record', 'shapes'] },
  { room: 'http', below: ['access', 'commands', 'lists', 'problems', 'record', 'shapes'] },
];
/** What stands above the slices, each with what it never knows: so no two of them lean on each other. */
const above = {
  layout:
    'kernel|platform|reading|wording|briefing|description|site|demo|cli|feed|following|exchange-of-data',
  reading: 'layout|wording|briefing|description|site|demo|cli|feed|following|exchange-of-data',
  wording: 'layout|briefing|description|site|demo|cli|feed|following|exchange-of-data',
  briefing: 'description|site|demo|cli|feed|following|exchange-of-data',
  feed: 'layout|briefing|description|site|demo|cli|following|exchange-of-data',
  site: 'description|demo|cli|feed|exchange-of-data',
  following: 'layout|description|site|demo|cli|feed|exchange-of-data',
  'exchange-of-data': 'briefing|description|site|demo|cli|feed|following',
};
/** What checks a record, and the commands that start it. */
const checking = [
  {
    name: 'what-checks-shares-the-ledger-alone',
    comment: 'Whoever checks a record trusts nothing of what serves it: no server, no store.',
    severity: 'error',
    from: { path: '^src/checking/', pathNot: '^src/checking/rules/|[.]spec[.]ts$' },
    to: {
      path: '^(src|libs|config)/',
      pathNot: '^(src/checking/(?!rules/)|libs/(ledger|private-files)/)',
    },
  },
  {
    name: 'rules-are-played-without-a-server',
    comment:
      'Whoever asks whether the record follows its rules plays the rules of the server, and nothing else of it.',
    severity: 'error',
    from: { path: '^src/checking/rules/' },
    to: {
      path: '^(src|libs|config)/',
      pathNot:
        '^src/(checking|platform/(record|reactions))/|^src/platform/commands/(own-words|amending|amending-erasure|amendment[.]commands|resting-elsewhere)[.]ts$|^src/slices[.]ts$|^libs/(decider|event-store|ledger|projections)/',
    },
  },
  {
    name: 'rules-are-loaded-when-asked-for',
    comment: 'To check a record takes no rule of the server, and must stay as small as it is.',
    severity: 'error',
    from: { path: '^src/', pathNot: '^src/checking/rules/|[.]spec[.]ts$' },
    to: { path: '^src/checking/rules/', dynamic: false },
  },
  {
    name: 'checking-starts-without-a-server',
    comment: 'What needs neither Nest nor a store waits for neither.',
    severity: 'error',
    from: {
      path: '^src/cli/(checking|followed-logs|(verify|mirror|bundle|compare|witness|cosign)[.]command)[.]ts$',
    },
    to: {
      path: '^(src|libs)/',
      pathNot:
        '^(src/checking|libs/(ledger|private-files))/|^src/cli/(checking|cli-failure|followed-logs|progress|shown|witness[.]command)[.]ts$|^src/platform/record/clock[.]ts$',
    },
  },
];

module.exports = { above, checking, pureRole, pureSurroundings, rooms, shapeWords, slice, top };
