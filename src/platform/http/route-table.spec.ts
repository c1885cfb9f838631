import { describe, expect, it } from '@jest/globals';
import { RouteTable } from './route-table.js';

describe('The methods that an address takes', () => {
  const routes = new RouteTable();
  routes.add('/v1/templates/:name.csv', ['GET', 'HEAD']);
  routes.add('/v1/templates/:name/rows', ['POST']);

  it.each([
    ['/v1/templates/notes.csv', ['GET', 'HEAD']],
    ['/v1/templates/notes/rows', ['POST']],
    ['/v1/templates/notes', []],
    ['/v1/templates/notes.json', []],
    ['/v1/templates/notes.csv/rows.csv', []],
  ])('%s takes what the whole of it is a route of: %j', (path, methods) => {
    expect(routes.methodsOf(path)).toEqual(methods);
  });
});
