import { globSync } from 'node:fs';

/**
 * Specs of these folders are declared in one file for each group where the whole suite runs: to evaluate the application
 * takes longer than most of them. What starts processes of its own, or takes a minute, gains nothing by it.
 */
const folders = {
  units: [
    'src/**',
    'libs/{canonical,characters,client,decider,edtf,event-store,full-text,ledger,preconditions,private-files}',
    'libs/{problem-details,projections,seal,tracing,tracing-otlp}',
  ],
  record: ['test/e2e'],
  rules: ['test/rules', 'test/disputes', 'test/lives'],
  pages: ['test/pages', 'test/demo', 'test/briefing', 'test/golden', 'test/docs'],
  access: ['test/authorisation', 'test/signing'],
  edges: ['test/client', 'test/compatibility', 'test/hostile', 'test/description', 'test/audit'],
  ledger: ['test/ledger', 'test/checking'],
  cluster: ['test/cluster'],
};

/** Into how many files a group is divided, so that no core waits for the longest at the end. */
const parts = { record: 2, cluster: 3 };

function specsOf(name) {
  return folders[name].flatMap((folder) => globSync(`${folder}/*.spec.ts`)).sort();
}

/** The paths of the specs, from the root, that each file in `test/together` declares. */
export const together = Object.fromEntries(
  Object.keys(folders).flatMap((name) => {
    const count = parts[name] ?? 1;
    const specs = specsOf(name);
    if (count === 1) return [[name, specs]];
    return Array.from({ length: count }, (_, part) => [
      `${name}-${part + 1}`,
      specs.filter((_spec, at) => at % count === part),
    ]);
  }),
);
