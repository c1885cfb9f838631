import { commandRoutesOf } from '../platform/commands/command-route.js';
import { slices } from '../slices.js';
import { ruleOf } from './rule-files.js';
import { servedRoutes } from './served-routes.js';

/** Of every operation: method, address, fields of the body (those with a question mark may be absent), file of the rule. */
export function routes(): void {
  const commands = new Map(
    slices.flatMap(commandRoutesOf).map(({ operationId, name, slice }) => [operationId, { name, slice }]),
  );
  const rows = servedRoutes()
    .map(({ method, path, operationId, body }) => {
      const command = commands.get(operationId);
      const rule = command === undefined ? '-' : ruleOf(command.slice.name, command.name).file;
      const fields = Object.entries(body).map(([name, { optional }]) =>
        optional === true ? `${name}?` : name,
      );
      return [method.toUpperCase(), path, operationId, rule, fields.length === 0 ? '-' : fields.join(',')];
    })
    .toSorted(([, one = ''], [, other = '']) => one.localeCompare(other, 'en'));
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  for (const row of rows) {
    const line = row.map((text, column) => text.padEnd(widths[column] ?? 0)).join('  ');
    process.stdout.write(`${line}\n`);
  }
}
