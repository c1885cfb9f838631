import { endOf, partsOf } from './characters.js';

/** A word as it is searched, and where it stands in the text that is shown. */
export interface Token {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/** Where a word of plain letters and digits that begins at the place ends; the place itself where none begins. */
function plainEnd(text: string, place: number): number {
  let end = place;
  for (;;) {
    const unit = text.charCodeAt(end);
    const isPlain =
      (unit >= 0x61 && unit <= 0x7a) || (unit >= 0x41 && unit <= 0x5a) || (unit >= 0x30 && unit <= 0x39);
    if (!isPlain) return end;
    end += 1;
  }
}

/** The words of a text that is shown, in their order. */
export function tokensOf(shown: string): readonly Token[] {
  const tokens: Token[] = [];
  let text = '';
  let from = 0;
  let to = 0;
  const goOn = (more: string, begin: number, end: number) => {
    if (text === '') from = begin;
    text += more;
    to = end;
  };
  const end = () => {
    if (text !== '') tokens.push({ text, from, to });
    text = '';
  };
  for (let place = 0, next = 0; place < shown.length; place = next) {
    if (shown.charCodeAt(place) < 0x80) {
      next = plainEnd(shown, place);
      if (next > place) goOn(shown.slice(place, next).toLowerCase(), place, next);
      else {
        end();
        next = place + 1;
      }
      continue;
    }
    next = endOf(shown, place);
    for (const part of partsOf(shown, place, next)) {
      if (part.isWord || part.text === ' ') end();
      if (part.text !== ' ') goOn(part.text, place, next);
      if (part.isWord) end();
    }
  }
  end();
  return tokens;
}

/** The characters of a run that are not ASCII, with gaps around those that are words. */
function searchedRun(run: string): string {
  let searched = '';
  let isGap = false;
  for (let place = 0, next = 0; place < run.length; place = next) {
    next = endOf(run, place);
    for (const { text, isWord } of partsOf(run, place, next)) {
      if ((isWord || text === ' ') && !isGap) searched += ' ';
      if (text !== ' ') searched += isWord ? `${text} ` : text;
      isGap = isWord || text === ' ';
    }
  }
  return searched;
}

/**
 * The text as it is searched: what SQLite's tokenizer `ascii` makes of it are the words that `tokensOf` gives. Plain
 * ASCII is left to it as it stands, so that most texts need not be kept twice.
 */
export function searchedText(shown: string): string {
  return shown.replace(/[\u0080-\uffff]+/g, searchedRun);
}

/** The words of a text that is searched, as that tokenizer finds them. */
export function wordsIn(searched: string): readonly string[] {
  return searched.toLowerCase().match(/[0-9a-z\u0080-\uffff]+/g) ?? [];
}
