import { describe, expect, it } from '@jest/globals';
import { DatabaseSync } from 'node:sqlite';
import { Unavailable } from '#libs/event-store';
import { faultOf, serverLog } from './log.js';

function thrownBy(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

describe('What the log says of an error', () => {
  const database = new DatabaseSync(':memory:');
  database.exec('CREATE VIRTUAL TABLE words USING fts5(text)');

  it.each([
    ['what could not be parsed', thrownBy(() => JSON.parse('{"secret": secret}'))],
    ['what was searched for', thrownBy(() => database.prepare("SELECT * FROM words('\"secret').").all())],
    ['what was searched for', thrownBy(() => database.prepare("SELECT * FROM words('secret:x')").all())],
    ['lines that look like places', new Error('no\n    at secret (file:///secret:1:1)')],
    ['a cause', new Error('no', { cause: new Error('secret') })],
    ['a name of its own', Object.assign(new Error('no'), { name: 'secret' })],
    ['a message that came later', Object.assign(new Error('no\n    at secret'), { message: '' })],
    ['a text', 'secret'],
    ['an object', { secret: 'secret' }],
    ['nothing', undefined],
  ])('is not %s', (_what, error) => {
    expect(JSON.stringify(faultOf(error))).not.toContain('secret');
  });

  it('is its sentence where we made it, and else what kind it is and where it arose', () => {
    expect(faultOf(new Unavailable('No leader.'))).toMatchObject({
      type: 'Unavailable',
      reason: 'No leader.',
    });
    const fault = faultOf(new TypeError('secret'));
    expect(fault).toMatchObject({
      type: 'TypeError',
      at: expect.arrayContaining([expect.stringContaining('log.spec.ts')]),
    });
    expect(fault).not.toHaveProperty('reason');
    const syntax = thrownBy(() => database.prepare("SELECT * FROM words('\"')").all());
    expect(faultOf(syntax)).toMatchObject({ code: 'ERR_SQLITE_ERROR', reason: expect.any(String) });
  });

  it('is no more where somebody else logs the error by itself', () => {
    const lines: string[] = [];
    const log = serverLog('info', { write: (line) => void lines.push(line) });
    const error = new Error('secret');
    log.error(error);
    log.error(error, error.message);
    log.error({ err: error });
    log.error({ err: error }, `It failed: ${error.message}`);
    log.child({}).warn({ err: error, req: { url: '/enter/secret' } }, 'Told.');
    expect(lines).toHaveLength(5);
    expect(lines.join('')).not.toContain('secret');
    expect(lines.join('')).toContain('Told.');
  });
});
