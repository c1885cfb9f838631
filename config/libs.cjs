/** What libs may import, and who enters them where. */
const { checking } = require('./rooms.cjs');
const spec = '[.]spec[.]ts$';
module.exports = [
  {
    name: 'libs-know-nothing-of-ours',
    comment: 'Rule 3: a lib can be lifted out of this repository as it is.',
    severity: 'error',
    from: { path: '^libs/' },
    to: { path: ['^(src|config|test)/', '(^|/)node_modules/@nestjs/'] },
  },
  {
    name: 'decider-and-ledger-stand-alone',
    comment: 'Rule 3: what decides and what verifies must be readable by itself.',
    severity: 'error',
    from: { path: '^libs/(decider|ledger)/' },
    to: { path: '^libs/', pathNot: '^libs/$1/' },
  },
  {
    name: 'what-sends-spans-is-loaded-when-asked-for',
    comment: 'Its packages take a tenth of a second to load, and most servers send none.',
    severity: 'error',
    from: { path: '^(src|libs|config)/', pathNot: '^libs/tracing-otlp/' },
    to: { path: ['^libs/tracing-otlp/', '(^|/)node_modules/@opentelemetry/'], dynamic: false },
  },
  {
    name: 'client-needs-one-package',
    comment: 'What is published brings what its own package.json names, and runs in browsers.',
    severity: 'error',
    from: { path: '^libs/client/', pathNot: spec },
    to: { dependencyTypes: ['npm', 'npm-dev', 'core'], pathNot: '/openapi-fetch/' },
  },
  ...checking,
  {
    name: 'libs-have-one-door',
    comment: 'A lib is used through #libs/x, or #libs/x/testing by specs.',
    severity: 'error',
    from: { path: '^(src|config|test)/' },
    to: { path: '^libs/', pathNot: '^libs/[^/]+/(index|testing)[.]ts$' },
  },
  {
    name: 'libs-enter-libs-by-the-door',
    comment: 'The same between libs.',
    severity: 'error',
    from: { path: '^libs/([^/]+)/' },
    to: { path: '^libs/', pathNot: ['^libs/$1/', '^libs/[^/]+/(index|testing)[.]ts$'] },
  },
  {
    name: 'testing-doors-are-for-tests',
    comment: 'The program must run without what tests need.',
    severity: 'error',
    from: { path: '^(src|libs|config)/', pathNot: [spec, '^libs/[^/]+/(testing|contract)'] },
    to: { path: '^libs/[^/]+/testing[.]ts$' },
  },
];
