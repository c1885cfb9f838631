import { describe, expect, it } from '@jest/globals';
import type { LogTrust } from '../platform/record/log-standings.js';
import type { DialogueDocument } from '../reading/documents.js';
import { trustPage } from './trust.page.js';

const dialogueId = '01960b3a-0000-7000-8000-000000000001';
const dialogue = {
  id: dialogueId,
  parties: ['RU', 'US'],
  kept: { by: 'both' },
  suspensions: [],
  joined: [],
  texts: {},
} as unknown as DialogueDocument;
const signed: LogTrust = {
  dialogueId,
  origin: `entente.example.org/${dialogueId}`,
  leaves: 12,
  keys: ['entente.example.org+99be5c75+AQ'],
  checkpoint: { size: 10, root: 'root', note: 'note' },
  witnesses: [],
  news: [],
  alarms: [],
  checked: 'checked',
};
const silent = { name: 'w.example', key: 'w.example+0a1b2c3d+BA', behind: 12 };
const newest = { size: 7, at: '2026-03-02T09:58:00.000Z', note: 'note' };

function pageOf(trust: LogTrust): string {
  return trustPage({ dialogue, trust, address: 'http://127.0.0.1:4350' }, { name: 'reader' } as never);
}

/** The last section, as a reader has it. */
function closing(trust: LogTrust): string {
  const [, said = ''] = pageOf(trust).split('id="limits"');
  return said.replace(/<[^>]*>/g, '').replace(/\s+/g, ' ');
}

describe('What the page on trust says that is proven', () => {
  const { checkpoint: _, ...uncovered } = signed;

  it.each<readonly [string, LogTrust, readonly RegExp[], readonly RegExp[]]>([
    [
      'nothing, where nothing is signed',
      { ...uncovered, unsigned: 'No key.', keys: [] },
      [/Nothing is signed, so nothing is proven/],
      [/in the same order/],
    ],
    [
      'nothing, before the first checkpoint',
      uncovered,
      [/Nothing is signed yet, so nothing is proven/],
      [/in the same order/],
    ],
    [
      'of the order alone, where nobody else has signed, whoever may be asked to',
      { ...signed, witnesses: [silent] },
      [
        /the first 10 entries stand/,
        /not proven that nobody was shown another history: only the operator vouches/,
      ],
      [/as far as others have signed/],
    ],
    [
      'of what others were shown, as far as a witness has signed',
      { ...signed, witnesses: [{ ...silent, newest }] },
      [/the first 10 entries stand/, /witness w\.example says .* of the first 7 entries, and no other/],
      [/only the operator vouches/],
    ],
    [
      'nothing to rely on, while there is an alarm',
      { ...signed, alarms: ['The store differs.'] },
      [/While the alarm above stands, none of this/],
      [],
    ],
  ])('is %s', (__, trust, says, never) => {
    const said = closing(trust);
    for (const one of says) expect(said).toMatch(one);
    for (const one of never) expect(said).not.toMatch(one);
    expect(said).toContain('Whether what was recorded is true is another matter.');
  });

  it('and its commands say where the key goes that a log needs which is not open to all', () => {
    const page = pageOf(signed);
    for (const command of ['entente verify', 'entente mirror'])
      expect(page).toContain(`ENTENTE_KEY=YOUR-KEY ${command} &#39;http://127.0.0.1:4350/v1/dialogues/`);
    expect(page).toContain('curl -H &#39;Authorization: Bearer YOUR-KEY&#39;');
  });
});
