import type { Field } from '#libs/decider';

/** Titles, names and labels are nobody's words: they are never quoted and say nothing of whose they are. */
const labels: readonly string[] = ['title', 'name', 'venue', 'subject', 'designations'];

/** Whether a field of this name holds words that somebody said, where it holds text in one or more languages. */
export function isWordsField(name: string): boolean {
  return !labels.includes(name);
}

/** Whether the field holds words that somebody said. */
export function isWords(name: string, field: Field): boolean {
  return (field.kind === 'text' || field.kind === 'texts') && isWordsField(name);
}
