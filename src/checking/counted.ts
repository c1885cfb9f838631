/** A count with its noun, as people read it: 1 entry, 1,200 entries. */
export function counted(count: number, one: string, many: string): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

export function entries(count: number): string {
  return counted(count, 'entry', 'entries');
}
