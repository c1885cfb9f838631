import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ownPageOr } from './entering.js';

const home = 'https://entente.example.org';

/** Addresses as somebody writes them who wants a reader to end up elsewhere. */
const wanted = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '/',
        '//',
        '\\',
        ':',
        '?',
        '#',
        '@',
        '.',
        '..',
        '%2f',
        '%5c',
        '\t',
        '\r\n',
        'https:',
        'javascript:',
      ),
      fc.constantFrom(
        'irritants',
        'rounds',
        'search',
        'dialogues',
        'brief',
        'sign-out',
        'elsewhere.example',
        'RUUS-1',
      ),
      fc.string({ maxLength: 4 }),
    ),
    { maxLength: 10 },
  )
  .map((parts) => parts.join(''));

/** Whether a browser on our page that is sent there asks for something else than a page of ours. */
function leadsAway(address: string): boolean {
  if (!URL.canParse(address, home)) return true;
  const { origin, pathname } = new URL(address, home);
  return origin !== home || !/^\/(irritants|rounds|dialogues|search)?(\/|$)/.test(pathname);
}

describe('Where somebody wanted to go before signing in', () => {
  it('is a page of ours or the first one, whatever was asked for', () => {
    fc.assert(
      fc.property(wanted, (to) => {
        expect(leadsAway(ownPageOr(to, '/'))).toBe(false);
        expect(ownPageOr(to, '/')).not.toMatch(/[\s\\]/);
      }),
      { numRuns: 2_000 },
    );
  });

  it('would be elsewhere, were a slash at its beginning enough', () => {
    const planted = (to: string) => (to.startsWith('/') ? to : '/');
    const { failed } = fc.check(
      fc.property(wanted, (to) => !leadsAway(planted(to))),
      { numRuns: 2_000 },
    );
    expect(failed).toBe(true);
  });

  it.each([
    '/',
    '/?awaiting=RU&dialogue=01960b3a-0000-7000-8000-000000000001',
    '/irritants/RUUS-1?knownAt=s3',
  ])('is where it was, with all that was asked of it: %s', (to) => {
    expect(ownPageOr(to, 'elsewhere')).toBe(to);
  });

  it.each([7, null, ['/search'], { to: '/search' }, undefined])(
    'is the first one where it is no text: %j',
    (to) => {
      expect(ownPageOr(to, '/')).toBe('/');
    },
  );
});
