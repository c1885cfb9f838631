import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { searchIndex, searchedText, shownText, takingOut } from './index.js';
import { tokensOf, wordsIn } from './tokens.js';

const words = (text: string) => tokensOf(shownText(text)).map((one) => one.text);

const alike: readonly (readonly [string, string, string])[] = [
  ['Arabic vowel signs', 'مُحَمَّدٌ', 'محمد'],
  ['a superscript alef', 'هٰذا', 'هذا'],
  ['a tatweel', 'مـــصر', 'مصر'],
  ['hamza on an alef', 'أمم إيران آل ٱلسلام', 'امم ايران ال السلام'],
  ['hamza on waw and ya', 'مسؤول مسائل', 'مسوول مسايل'],
  ['alef maqsura, and ta marbuta', 'مصطفى القاهرة', 'مصطفي القاهره'],
  ['Persian ya and kaf', 'یک کشور', 'يك كشور'],
  ['Arabic presentation forms', 'ﻣﺼﺮ ﻻ', 'مصر لا'],
  ['digits of other scripts', '٢٠٢٥ ۲۰۲۵ २०२५ ๒๐๒๕', '2025 2025 2025 2025'],
  ['Hebrew points and cantillation', 'שָׁלוֹם בְּרֵאשִׁ֖ית', 'שלום בראשית'],
  ['tonos, dialytika and final sigma', 'Ἀθῆναι ΟΔΥΣΣΕΎΣ Αρχαΐος', 'αθηναι οδυσσεύς ΑΡΧΑΙΟΣ'],
  ['ligatures', 'ﬁnd oﬃce Ǆ ﷺ', 'find office dž صلى الله عليه وسلم'],
  ['full width', 'Ｆｕｌｌ　１２', 'full 12'],
  ['half-width kana', 'ﾌﾞﾗｼﾞﾙ ﾊﾟﾝ', 'ブラジル パン'],
  ['a soft hyphen', 'co\u00adope\u00adration', 'cooperation'],
  [
    'joiners and other invisible characters',
    'ze\u200bro\u200d wi\u2060dth می\u200cخواهم',
    'zero width میخواهم',
  ],
  ['ß, æ, œ, þ, ð', 'STRAẞE Straße Æon Œuvre Þórður', 'strasse strasse aeon oeuvre thordur'],
  ['dotless and dotted i', 'İSTANBUL ıspanak', 'istanbul ISPANAK'],
  ['ё, and й written as two', 'Всё Й'.normalize('NFD'), 'все й'],
  ['stress on a Russian vowel', 'за́мок', 'замок'],
  ['Korean syllables written in parts', '대사관'.normalize('NFD'), '대사관'],
  ['compatibility ideographs', '\uf9d1', '六'],
  ['apostrophes', 'пʼять', 'п’ять'],
];
const unlike: readonly (readonly [string, string])[] = [
  ['й', 'и'],
  ['ї', 'і'],
  ['が', 'か'],
  ['か', 'カ'],
  ['कि', 'क'],
  ['หนี', 'หนา'],
  ['ق', 'ف'],
  ['发', '發'],
];

describe('a word is searched as', () => {
  it.each(alike)('the same whether it is written with or without %s', (_, one, other) => {
    expect(words(one)).toEqual(words(other));
    for (const form of ['NFC', 'NFD'] as const) expect(words(one.normalize(form))).toEqual(words(one));
  });

  it.each(unlike)('another where the letter is another: %s is not %s', (one, other) => {
    expect(words(one)).not.toEqual(words(other));
  });

  it('a whole where its script has gaps, and as its characters where it has none', () => {
    expect(words('The 3rd हिन्दी भाषा')).toEqual(['the', '3rd', 'हिन्दी', 'भाषा']);
    expect(words('第3次会议，visa签证')).toEqual(['第', '3', '次', '会', '议', 'visa', '签', '证']);
    expect(words('วีซ่า กำ')).toEqual(['วี', 'ซ่', 'า', 'กํ', 'า']);
    expect(words('½ ㍻ 🤝')).toEqual(['1', '2', '平', '成']);
  });
});

const unit = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 3 }),
  fc.constantFrom(
    ...alike.flatMap(([, one, other]) => [one, other]),
    ' ',
    'A',
    'é',
    '签',
    '\u0301',
    '\u3099',
    'ั',
    'ि',
  ),
);
const text = fc.array(unit, { maxLength: 30 }).map((all) => shownText(all.join('')));

describe('what is searched', () => {
  it('has the words that an excerpt finds at their places in the text that is shown', () => {
    fc.assert(
      fc.property(text, (shown) => {
        const tokens = tokensOf(shown);
        expect(wordsIn(searchedText(shown))).toEqual(tokens.map((one) => one.text));
        let place = 0;
        for (const { from, to } of tokens) {
          expect(to).toBeGreaterThan(from);
          expect(from).toBeGreaterThanOrEqual(place);
          place = from;
        }
      }),
    );
  });

  it('is parted by the index just so, and leaves nothing there once it is taken out', () => {
    const db = new DatabaseSync(':memory:');
    db.exec('CREATE TABLE said (row INTEGER PRIMARY KEY, searched TEXT NOT NULL)');
    for (const statement of searchIndex('texts', 'said', 'row')) db.exec(statement);
    db.exec("CREATE VIRTUAL TABLE indexed USING fts5vocab('texts', 'instance')");
    const indexed = db.prepare('SELECT term FROM indexed ORDER BY "offset"');
    const put = db.prepare('INSERT INTO texts (rowid, searched) VALUES (1, ?)');
    const blocks = db.prepare('SELECT block FROM texts_data');
    const left = () => Buffer.concat(blocks.all().map(({ block }) => block as Uint8Array));
    fc.assert(
      fc.property(text, (shown) => {
        const searched = searchedText(shown);
        put.run(searched);
        expect(indexed.all().map(({ term }) => term)).toEqual(tokensOf(shown).map((one) => one.text));
        db.prepare(takingOut('texts')).run(1, searched);
        expect(indexed.all()).toEqual([]);
        // Shorter words could stand there by chance: what is left are numbers.
        const long = tokensOf(shown).filter((one) => Buffer.byteLength(one.text) > 2);
        expect(long.filter((one) => left().includes(one.text))).toEqual([]);
      }),
    );
    db.close();
  });

  it('of a text of marks alone, or of one character without end, is found all the same', () => {
    expect(words(`e${'\u0301'.repeat(20_000)}`)).toEqual(['e']);
    expect(words(`e${'\u0301\u0323'.repeat(10_000)} end`)).toEqual(['e', 'end']);
    expect(words('字'.repeat(20_000))).toHaveLength(20_000);
  });
});
