/** Why a log can't go on from a copy of it, and what to do; nothing was appended because of it. */
export class NotResumable extends Error {
  override readonly name = 'NotResumable';
}
