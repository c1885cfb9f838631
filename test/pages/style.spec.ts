import 'reflect-metadata';
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { StyleController } from '../../src/site/style.controller.js';

const src = fileURLToPath(new URL('../../src/', import.meta.url));
const served = new StyleController().styleSheet();

describe('The style sheet', () => {
  it('has the rules of every file of styles that there is, each once', () => {
    const files = globSync('**/*.css', { cwd: src });
    expect(files.length).toBeGreaterThan(5);
    const parts = files.map((file) => readFileSync(`${src}${file}`, 'utf8'));
    expect(parts.filter((text) => served.split(text).length !== 2)).toEqual([]);
    expect(served).toHaveLength(parts.join('\n').length);
  });

  it('loads nothing, from us or from elsewhere, as the security policy demands', () => {
    expect(served).not.toMatch(/@import|url\(/);
  });
});
