/** When, by what is signed of the time, in seconds since 1970. */
export function instantOf(seconds: number | undefined): string {
  const at = new Date((seconds ?? 0) * 1_000);
  // A witness may say any time that its clock or its whim gives.
  return Number.isNaN(at.getTime()) ? new Date(0).toISOString() : at.toISOString();
}
