import { readFileSync } from 'node:fs';

/** The version of the package, in its own words so that a compiled program needs no file for it; a test compares. */
export const programVersion = '0.1.0';

/** What the build of an image writes beside the compiled program; nothing else does. */
const commitFile = new URL('../../../commit', import.meta.url);

export interface Version {
  readonly version: string;
  /** The commit that it was built from, in hexadecimal; absent where the build did not say it. */
  readonly commit?: string;
  readonly node: string;
}

/** Which program this is. */
export function versionOf(file: URL = commitFile): Version {
  const commit = commitIn(file);
  return {
    version: programVersion,
    ...(commit === undefined ? {} : { commit }),
    node: process.versions.node,
  };
}

/** The same in a line. */
export function versionLine(): string {
  const { version, commit, node } = versionOf();
  return `entente ${version} (${commit === undefined ? '' : `commit ${commit}, `}Node ${node})`;
}

function commitIn(file: URL): string | undefined {
  try {
    return /^[0-9a-f]{40,64}$/.exec(readFileSync(file, 'utf8').trim())?.[0];
  } catch {
    return undefined;
  }
}
