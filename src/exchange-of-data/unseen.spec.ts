import { describe, expect, it } from '@jest/globals';
import type { Stored } from '../platform/record/envelope.js';
import { unseenIn } from './unseen.js';

const events = (...rows: readonly object[]) =>
  rows.map((one, revision) => ({
    id: `e${revision}`,
    revision,
    data: {},
    ...one,
  })) as unknown as readonly Stored[];
const at = (second: number) => ({ recordedAt: `2026-03-02T10:00:0${second}.000Z` });
const by = (recorderParty: string | null) => ({ act: { capacity: 'direct', recorderParty } });
const derived = { act: { capacity: 'derived', recorderParty: null } };
const sentAt = at(5).recordedAt;

function detailOf(...rows: readonly object[]) {
  return unseenIn(events(...rows), { party: 'US' }, sentAt)?.detail;
}

describe('Whoever sent a file', () => {
  const raised = { type: 'IrritantRaised', ...at(1), ...by('RU') };
  const corrected = { type: 'EventCorrected', data: { target: 'e0' }, ...at(2), ...by('RU') };

  it('has not seen what others did since, and has seen what was there, was their own, or followed by rule', () => {
    const acknowledged = { type: 'IrritantAcknowledged', ...at(6) };
    expect(detailOf(raised, corrected, { ...acknowledged, ...by('US') })).toBeUndefined();
    expect(detailOf(raised, { type: 'DialogueOpened', ...at(6), ...derived })).toBeUndefined();
    expect(detailOf(raised, { ...acknowledged, ...by('RU') })).toMatch(/^RU has acted on it/);
    expect(detailOf(raised, { ...acknowledged, ...by(null) })).toMatch(/^A secretariat has acted on it/);
  });
  it('has not seen words that are gone since, or that read again as before a correction, by whatever rule', () => {
    const since = (type: string, target: string) => ({ type, data: { target }, ...at(6), ...derived });
    const gone = /^Words of it are no more what they were since the file was sent/;
    expect(detailOf(raised, since('ContentErased', 'e0'))).toMatch(gone);
    expect(detailOf(raised, corrected, since('AttributionVoid', 'e1'))).toMatch(gone);
    expect(detailOf(raised, corrected, since('AttributionVoid', 'e0'))).toBeUndefined();
  });
});
