import { createConfig, lintFromString } from '@redocly/openapi-core';
import type { OpenApiDocument } from '../../src/description/document.js';

/** What a linter finds wrong with a description; it holds every example against its schema too. */
export async function faultsIn(described: OpenApiDocument): Promise<string[]> {
  const config = await createConfig({ extends: ['recommended'] });
  const source = JSON.stringify(described);
  const found = await lintFromString({ source, absoluteRef: '/openapi.json', config });
  return found.map(({ ruleId, message, location }) => `${ruleId} ${location[0]?.pointer}: ${message}`);
}
