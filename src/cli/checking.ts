import { onOneLine } from '#libs/ledger';
import { isUrl } from '../checking/source.js';
import type { Credential } from '../checking/source.js';
import { Progress } from './progress.js';

/** Of ENTENTE_KEY, where one of the places is a server; the settings are loaded for that alone. */
export async function credentialFor(...places: readonly (string | undefined)[]): Promise<Credential> {
  if (!places.some((one) => one !== undefined && isUrl(one))) return undefined;
  return (await import('#config')).readEnvironment().key;
}

/** Runs with a bar that is gone once it ends, however it ends. */
export async function withProgress<T>(what: string, run: (told: Progress['told']) => Promise<T>): Promise<T> {
  const progress = new Progress(what);
  try {
    return await run(progress.told);
  } finally {
    progress.end();
  }
}

/** Prints the verdict, of which what is checked writes no lines; programs read the exit code. */
export function answer({ code, lines }: { readonly code: number; readonly lines: readonly string[] }): void {
  process.stdout.write(lines.map((line) => `${onOneLine(line)}\n`).join(''));
  process.exitCode = code;
}
