import type { ProblemDocument } from '#libs/problem-details';
import { CliFailure } from './cli-failure.js';
import { faultsInWords } from './failures.js';
import { keyFileOf, readKeys } from './key-file.js';
import { servingOn } from './remote.js';
import { folderFrom, settingsFrom } from './settings.js';
import type { CommonOptions } from './settings.js';

export interface ServedOptions extends CommonOptions {
  /** Where the record is served; the server on the data folder unless told. */
  readonly server?: string;
  /** Whose key of the folder's key file is used; that of ENTENTE_KEY unless told. */
  readonly as?: string;
}

/** A record that is served, spoken to with the key of whoever uses it. */
export interface ServedRecord {
  readonly url: string;
  ask(path: string, request?: RequestInit): Promise<Response>;
}

/** Throws a sentence where nobody serves, or no key is named. */
export async function servedRecord(options: ServedOptions): Promise<ServedRecord> {
  const url = options.server?.replace(/\/+$/, '') ?? (await urlOn(folderFrom(options)));
  const key = options.as === undefined ? settingsFrom(options).key : await keyOf(options.as, options);
  if (key === undefined)
    throw new CliFailure(
      'Give an API key in ENTENTE_KEY, or name with --as whose key of the key file is meant.',
    );
  return {
    url,
    ask: async (path, request = {}) => {
      const headers = { ...(request.headers as Record<string, string>), Authorization: `Bearer ${key}` };
      const response = await fetch(`${url}${path}`, { ...request, headers });
      if (response.ok) return response;
      throw new CliFailure(`${url} answers ${response.status}: ${await saidBy(response)}`);
    },
  };
}

async function urlOn(directory: string): Promise<string> {
  const serving = await servingOn(directory);
  if (serving !== undefined) return serving.url;
  throw new CliFailure(
    `Nobody serves the record in ${directory}: start "entente serve --data ${directory}", or name a server with --server.`,
  );
}

async function keyOf(name: string, options: CommonOptions): Promise<string> {
  const file = keyFileOf(folderFrom(options));
  const key = (await readKeys(file))[name];
  if (key === undefined) throw new CliFailure(`${file} has no key of ${name}.`);
  return key;
}

async function saidBy(response: Response): Promise<string> {
  const text = await response.text();
  try {
    const { title, detail, errors = [] } = JSON.parse(text) as ProblemDocument;
    return `${title}. ${faultsInWords(detail, errors)}`;
  } catch {
    return 'and not as Entente does.';
  }
}

/** The id of a dialogue that may be named by the prefix of its keys. */
export async function dialogueNamed(record: ServedRecord, name: string): Promise<string> {
  if (/^[0-9a-f-]{36}$/i.test(name)) return name.toLowerCase();
  let next: string | undefined = '/v1/dialogues?limit=200';
  while (next !== undefined) {
    const response: Response = await record.ask(next);
    const { items } = (await response.json()) as {
      readonly items: readonly { readonly id: string; readonly keyPrefix: string }[];
    };
    const found = items.find(({ keyPrefix }) => keyPrefix === name);
    if (found !== undefined) return found.id;
    next = /<([^>]+)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1];
  }
  throw new CliFailure(`There is no dialogue ${name}: give its id, or the prefix of its keys, such as RUUS.`);
}
