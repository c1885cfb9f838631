import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { lengthOf } from '#libs/characters';
import { done, made } from '../support/acting.js';
import { Api } from '../support/api.js';
import { raising, setScene } from '../support/scene.js';
import type { Scene } from '../support/scene.js';
import { listed, searched, tracesOf } from '../support/searching.js';
import { momentOfNow } from '../support/moment.js';

/** What was written, and what is typed; what is found is marked in the excerpt, as it was written. */
const found: readonly (readonly [script: string, written: string, typed: string])[] = [
  ['Chinese, a word inside a sentence', '中方对签证限制表示关切。', '签证'],
  ['Chinese, one character', '双方同意归还别墅。', '墅'],
  ['Chinese, a name on no list of words', '达尔奇耶夫大使出席会议', '达尔奇耶夫'],
  ['Chinese, words in any order', '中方对签证限制表示关切，银行账户被冻结。', '账户 签证'],
  ['Chinese between quotation marks', '外交部发言人答记者问', '「发言人」'],
  ['Chinese with a number', '第3次磋商会议', '第3次'],
  ['Chinese beside Latin', '申请visa手续', 'visa'],
  ['Chinese, a character beyond the first plane', '𠮷野先生', '𠮷野'],
  ['Japanese', '両国は査証の問題を協議した。', '査証'],
  ['Japanese, half width', 'ﾌﾞﾗｼﾞﾙ代表団', 'ブラジル'],
  ['Japanese, full width', '第Ｇ７回会合', 'g7'],
  ['Korean without its particle', '대사관은 비자를 발급했다', '대사관'],
  ['Thai', 'กระทรวงการต่างประเทศแถลงข่าวเรื่องวีซ่า', 'วีซ่า'],
  ['Lao', 'ກະຊວງການຕ່າງປະເທດ', 'ຕ່າງປະເທດ'],
  ['Khmer', 'ក្រសួងការបរទេស', 'បរទេស'],
  ['Khmer with invisible gaps', 'ក្រសួង\u200bការ\u200bបរទេស', 'ក្រសួងការ'],
  ['Burmese', 'နိုင်ငံခြားရေးဝန်ကြီးဌာန', 'ဝန်ကြီး'],
  ['Hindi', 'विदेश मंत्रालय का वक्तव्य', 'मंत्रालय'],
  ['Arabic with vowel signs', 'وِزَارَةُ الخَارِجِيَّة', 'وزارة'],
  ['Arabic without them', 'وزارة الشؤون', 'وِزَارَةُ'],
  ['Arabic, hamza left out', 'إيران والأمم المتحدة', 'ايران'],
  ['Arabic, a tatweel', 'مـــوســكو', 'موسكو'],
  ['Arabic digits', 'في عام ٢٠٢٥', '2025'],
  ['Persian typed on an Arabic keyboard', 'یک کشور', 'كشور'],
  ['Hebrew with points', 'מִשְׂרַד הַחוּץ', 'החוץ'],
  ['Greek capitals without accents', 'Υπουργείο Εξωτερικών της Ελλάδος', 'ΕΛΛΑΔΟΣ'],
  ['Greek with accents', 'ΑΘΗΝΑ', 'Αθήνα'],
  ['a ligature', 'The oﬃcial ﬁnding', 'official'],
  ['a soft hyphen', 'inter\u00adgovern\u00admental', 'intergovernmental'],
  ['a joiner inside a word', 'pro\u200dperty', 'property'],
  ['ss for ß', 'Die Maßnahmen', 'massnahmen'],
  ['ß for ss', 'DIE MASSNAHMEN', 'Maßnahmen'],
  ['oe for œ', 'Le bœuf', 'boeuf'],
  ['ae for æ', 'Æthelstan', 'aethelstan'],
  ['a dotless i', 'ışık', 'isik'],
  ['a Vietnamese name', 'Nguyễn Đình Chiểu', 'nguyen dinh'],
  ['an apostrophe of another form', 'Забув пʼять', 'п’ять'],
];

const notFound: readonly (readonly [string, string, string])[] = [
  ['Chinese characters that do not stand together', '中方关切签约之证书', '签证'],
  ['another Chinese character', '中方对签证限制表示关切。', '薇'],
  ['simplified for traditional characters', '簽證限制', '签证'],
  ['katakana for hiragana', 'さくら', 'サクラ'],
  ['Thai with another vowel', 'ธนาคาร', 'ธนู'],
  ['another letter in Cyrillic', 'чайка', 'чаика'],
  ['another letter in Arabic', 'موسكو', 'موشكو'],
  ['the middle of a word that has gaps around it', 'intergovernmental', 'governmental'],
  ['oe for ö', 'Österreich', 'oesterreich'],
];

let api: Api;
let scene: Scene;
const ids = new Map<string, string>();

beforeAll(async () => {
  api = await Api.start();
  scene = await setScene(api);
  for (const written of new Set([...found, ...notFound].map(([, text]) => text))) {
    const irritant = { ...raising(scene.dialogueId), title: { en: written } };
    ids.set(written, (await made<{ id: string }>(api, 'irritants', 'ru-registrar', irritant)).id);
  }
});
afterAll(() => api.stop());

const irritants = (q: string, parameters = {}) =>
  listed(api, 'irritants', q, { dialogue: scene.dialogueId, ...parameters });

describe('A word of a text is found', () => {
  it.each(found)('in %s: “%s” by “%s”', async (_, written, typed) => {
    expect(await irritants(typed)).toContain(ids.get(written));
    const hits = await searched(api, typed, { dialogue: scene.dialogueId });
    expect(hits.find((one) => one.id === ids.get(written))?.snippet).toBe(written);
  });
});

describe('A text is not found', () => {
  it.each(notFound)('by %s: “%s” by “%s”', async (_, written, typed) => {
    expect(await irritants(written.split(' ')[0]!)).toContain(ids.get(written));
    expect(await irritants(typed)).not.toContain(ids.get(written));
  });
});

describe('Words in a script without gaps', () => {
  beforeEach(async () => {
    scene = await setScene(api);
  });

  const on = () => `irritants/${scene.irritantId}`;
  const contest = (words: string) =>
    done(api, `${on()}/contest`, 'us-registrar', { statement: { zh: words, en: 'It is contested.' } });
  const lastEvent = async () =>
    (await api.server.record.streams.events(`irritant-${scene.irritantId}`)).at(-1)!;

  it('are found at a past moment as they stood then', async () => {
    await contest('旧文字在此');
    await api.settled();
    const knownAt = momentOfNow(api.server.record);
    const content = { statement: { zh: '新文字在此', en: 'It is contested.' } };
    await done(api, `${on()}/correct`, 'us-registrar', { target: (await lastEvent()).id, content });
    expect(await irritants('旧文', { knownAt })).toEqual([scene.irritantId]);
    expect(await irritants('新文', { knownAt })).toEqual([]);
    expect(await irritants('旧文')).toEqual([]);
    expect(await irritants('新文')).toEqual([scene.irritantId]);
  });

  it('are answered with an excerpt of at most 240 characters, however long the text is', async () => {
    await contest(`${'関係改善に向けて'.repeat(200)}銀行の口座${'関係改善に向けて'.repeat(200)}`);
    const [hit] = await searched(api, '口座', { dialogue: scene.dialogueId });
    expect(hit?.snippet).toMatch(/^… .{60}口座.+ …$/u);
    expect(lengthOf(hit!.snippet)).toBe(240);
  });

  it('are found by the longest query that can be typed, whole or not at all', async () => {
    const q = '関係改善に向けて'.repeat(25);
    await contest(q.repeat(8));
    expect(await irritants(q)).toEqual([scene.irritantId]);
    expect(await irritants(`${q.slice(0, -1)}無`)).toEqual([]);
  });

  it('are nowhere once they are erased: neither found, nor left in any table of the index', async () => {
    await contest('密使𡃁𡃁到访');
    const { tables } = api.server.record.projections.view('irritants');
    const inIndex = Buffer.from('𡃁').toString('latin1');
    const traces = () => [...tracesOf(tables, '𡃁'), ...tracesOf(tables, inIndex)];
    await api.settled();
    expect(traces()).toEqual([
      expect.stringMatching(/_entries$/),
      expect.stringMatching(/_wordings$/),
      expect.stringMatching(/_words_data$/),
    ]);
    const target = (await lastEvent()).id;
    const body = { target, basis: 'personal-data', reason: { en: 'It names a private person.' } };
    await done(api, `${on()}/request-erasure`, 'ru-negotiator', body);
    await done(api, `${on()}/request-erasure`, 'us-negotiator', body);
    for (const q of ['密使', '𡃁']) expect(await irritants(q)).toEqual([]);
    expect(traces()).toEqual([]);
  });
});
