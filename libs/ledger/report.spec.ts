import { describe, expect, it } from '@jest/globals';
import { renderReport } from './report.js';
import type { ReportEntry } from './report.js';

const act = { party: 'RU', capacity: 'attributed', recordedBy: 'somebody', recorderParty: 'US' };
const raised = {
  leaf: {
    v: 1,
    log: 'record.example/dialogue-1',
    seq: 4,
    stream: 'irritant-1',
    rev: 0,
    id: 'event-1',
    type: 'IrritantRaised',
    schema: 1,
    recorded: '2025-04-10T09:00:00.000Z',
    act,
    data: '',
    content: '',
  },
  hash: 'ab',
  payload: {
    seq: 4,
    data: { data: { key: 'RUUS-1', raisedBasis: 'stated' }, sources: [] },
    content: { title: { en: 'Six <properties>', ru: 'Шесть зданий' } },
    salt: 'salt',
  },
} as unknown as ReportEntry;

const reportOf = (...entries: readonly ReportEntry[]) =>
  renderReport({ origin: 'record.example/dialogue-1', stream: 'irritant-1', size: 9, root: 'cd', entries });

describe('The printable report', () => {
  it('is headed by what people call the matter, in each language in which it is said', () => {
    const report = reportOf(raised);
    expect(report).toContain('<h1>History of RUUS-1</h1>');
    expect(report).toContain('<p lang="en" dir="auto">Six &lt;properties&gt; <small>(en)</small></p>');
    expect(report).toContain('<p lang="ru" dir="auto">Шесть зданий <small>(ru)</small></p>');
  });

  it('is headed by the stream where the words of the first entry are withheld', () => {
    const { payload: _, ...withheld } = raised;
    const report = reportOf(withheld);
    expect(report).toContain('<h1>History of irritant-1</h1>');
    expect(report).toContain('The words are withheld: no reason is given.');
    expect(report).not.toContain('first entry:');
  });

  it.each([
    [{}, 'in the name of RU (attributed), recorded by <code>somebody</code> for US'],
    [{ capacity: 'direct', recorderParty: 'RU' }, 'RU itself, recorded by <code>somebody</code> for RU'],
    [
      { party: undefined, capacity: 'derived', recordedBy: 'entente', recorderParty: undefined },
      'nobody: it follows by rule, as <code>entente</code> recorded',
    ],
  ])('says who spoke, and who only recorded it', (other, words) => {
    const leaf = { ...raised.leaf, act: { ...act, ...other } } as ReportEntry['leaf'];
    expect(reportOf({ ...raised, leaf })).toContain(`<td>${words}</td>`);
  });

  it('says what is there, and has no row for what there is none of', () => {
    const report = reportOf(raised);
    expect(report).toContain('<dt>raised basis</dt><dd><bdi>stated</bdi></dd>');
    expect(report).not.toContain('Sources');
    expect(report).not.toContain('When, as it says');
    expect(report).toContain('<th scope="row">Signed</th><td>no</td>');
  });

  it('shows how many texts there are in a list, also where they have commas', () => {
    const drawn = (tags: readonly string[]) => {
      const payload = { seq: 4, data: { data: { tags } } } as unknown as ReportEntry['payload'] & {};
      return reportOf({ ...raised, payload }).replace(/<\/?bdi>/g, '');
    };
    expect(drawn(['visas', 'staff'])).toContain('<dd>visas, staff</dd>');
    expect(drawn(['visas, staff'])).toContain('<dd><ol><li>visas, staff</li></ol></dd>');
  });
});
