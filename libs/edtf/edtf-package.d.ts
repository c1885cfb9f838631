/** The npm package `edtf` has no types; this is the one function of it that is used. */
declare module 'edtf' {
  /** Throws an Error, with a long message meant for the author of a grammar, where the text has no parse at `level`. */
  export function parse(text: string, constraints: { level: 0 | 1 }): { type: string };
}
