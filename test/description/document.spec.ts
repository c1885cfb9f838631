import 'reflect-metadata';
import { describe as group, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { event, id } from '#libs/decider';
import { bodyShape, classOf } from '../../src/platform/shapes/body-class.js';
import { commandRoutesOf } from '../../src/platform/commands/command-route.js';
import { newKeyShape } from '../../src/platform/access/new-key.js';
import { checked } from '../../src/platform/shapes/validation.js';
import { rights } from '../../src/rights.js';
import { described } from '../../src/described.js';
import { slices } from '../../src/slices.js';
import { describe, entriesOf } from '../../src/description/document.js';
import type { OpenApiDocument } from '../../src/description/document.js';
import { faultsIn } from './linted.js';
import { servedRoutes } from '../../src/cli/served-routes.js';

const document = describe(slices, described, rights);
const writable = slices.filter((slice) => Object.keys(slice.commands).length > 0);

/** Pages for people, and what they are styled with and entered through, are no part of the interface for programs. */
const isPage = (operationId: string) =>
  operationId.endsWith('Page') ||
  ['signIn', 'signInWith', 'signInFrom', 'signOut', 'signOutBy', 'enter', 'styleSheet'].includes(
    operationId,
  ) ||
  ['changeFollowing', 'followDigest', 'followCalendar'].includes(operationId);

function operations(): { method: string; path: string; operationId: string }[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId }]) => ({ method, path, operationId })),
  );
}

group('the description of the interface', () => {
  it('has no fault by the rules of a linter, which also holds every example against its schema', async () => {
    expect(await faultsIn(document)).toEqual([]);
  });

  it('would be found at fault if an answer no longer fitted its schema', async () => {
    const broken = structuredClone(document) as unknown as {
      components: { examples: { Round: { value: { status: string } } } };
    };
    broken.components.examples.Round.value.status = 'adjourned';
    expect((await faultsIn(broken as unknown as OpenApiDocument)).join()).toContain('Round/value/status');
  });

  it('says the version of the package', () => {
    const own = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
    expect(document.info['version']).toBe((JSON.parse(own) as { version: string }).version);
  });

  it('names every operation of the policy table that is not a page, and no other', () => {
    const named = operations().map((one) => one.operationId);
    const wanted = Object.keys(rights).filter((one) => !isPage(one));
    expect(named.toSorted()).toEqual(wanted.toSorted());
  });

  it('gives each operation the method and the address that the server gives it', () => {
    const served = new Map(servedRoutes().map(({ body: _, ...route }) => [route.operationId, route]));
    const described = operations().filter((one) => served.has(one.operationId));
    expect(described).toEqual(described.map((one) => served.get(one.operationId)));
    expect(described.length).toBeGreaterThan(100);
  });

  it('says of every operation who may call it, and asks for a key unless it is open', () => {
    for (const methods of Object.values(document.paths)) {
      for (const { operationId, description, security } of Object.values(methods)) {
        const row = rights[operationId] ?? { roles: [] };
        expect(description).toMatch(/Who may call it: ./);
        expect([operationId, security]).toEqual([operationId, 'open' in row ? [] : [{ key: [] }]]);
      }
    }
  });

  it('takes no field of an event that does not say what it is', () => {
    // @ts-expect-error -- the compiler refuses what no caller could be told the meaning of.
    expect(event({ stepId: id }).data.stepId).toEqual(id);
  });

  it('says of every field of a body what it is', () => {
    const bodies = entriesOf(slices, described).map(({ operationId, body }) => {
      const { properties = {} } = (body?.schema ?? {}) as {
        properties?: Record<string, { description?: string }>;
      };
      return [operationId, properties] as const;
    });
    const silent = bodies.flatMap(([operationId, properties]) =>
      Object.keys(properties)
        .filter((name) => (properties[name]?.description ?? '') === '')
        .map((name) => `${operationId}.${name}`),
    );
    expect(silent).toEqual([]);
    expect(bodies.length).toBeGreaterThan(100);
  });

  it('shows in its examples of answers nothing that its schemas do not name', () => {
    const { schemas, examples } = document.components as unknown as {
      schemas: Record<string, { properties?: object }>;
      examples: Record<string, { value: object }>;
    };
    const plain = Object.entries(examples).filter(([name]) => schemas[name]?.properties !== undefined);
    const strangers = plain.flatMap(([name, { value }]) =>
      Object.keys(value)
        .filter((member) => !Object.hasOwn(schemas[name]?.properties ?? {}, member))
        .map((member) => `${name}.${member}`),
    );
    expect(strangers).toEqual([]);
    expect(plain.length).toBeGreaterThan(10);
  });
});

group('the example of a body', () => {
  const acts = writable.flatMap((slice) => commandRoutesOf(slice));

  it.each(acts.map((act) => [act.operationId, act] as const))(
    'of %s is one the server takes',
    async (_, act) => {
      const drawn = classOf(bodyShape(act.declaration, act.schema));
      expect((await checked(drawn, act.declaration.example)).faults.all).toEqual([]);
    },
  );

  it('of makeKey is one the server takes', async () => {
    const example = entriesOf(slices, described).find((one) => one.operationId === 'makeKey')?.body?.example;
    expect((await checked(classOf(newKeyShape), example)).faults.all).toEqual([]);
  });
});

group('the rules that can refuse a command', () => {
  it('are each named by a command of their slice', () => {
    const unnamed = slices.flatMap((slice) => {
      const named = Object.values(slice.commands).flatMap(({ refuses }) => refuses);
      return Object.keys(slice.refusals).filter((code) => !named.includes(code));
    });
    // Of a text that both agreed, no command is refused: its consequence is, and the commitment shows that.
    expect(unnamed).toEqual(['TERMS_DIFFER']);
  });
});
