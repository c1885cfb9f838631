import type { FieldError } from '#libs/problem-details';

/** What an answer says, and each fault that it names, where it stands; nothing of it twice. */
export function faultsInWords(detail: string, errors: readonly FieldError[]): string {
  const faults = errors
    .map((one) => ({ ...one, whole: `${one.pointer ?? one.parameter} ${one.detail.replace(/\.$/, '')}` }))
    .filter((one) => one.detail !== detail && !detail.includes(one.whole));
  const said = /[.!?]$/.test(detail) ? detail : `${detail}.`;
  return [said, ...faults.map(({ whole }) => `${whole}.`)].join(' ');
}
