import type { ProblemDocument } from '#libs/problem-details';
import { CliFailure } from './cli-failure.js';
import { faultsInWords } from '../wording/faults.js';
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
  const url = options.server === undefined ? await urlOn(folderFrom(options)) : addressOf(options.server);
  const key = options.as === undefined ? settingsFrom(options).key : await keyOf(options.as, options);
  if (key === undefined)
    throw new CliFailure(
      'Give an API key in ENTENTE_KEY, or name with --as whose key of the key file is meant.',
    );
  return {
    url,
    ask: async (path, request = {}) => {
      const headers = { ...(request.headers as Record<string, string>), Authorization: `Bearer ${key}` };
      const response = await fetch(`${url}${path}`, { ...request, headers }).catch((error: unknown) => {
        throw unreachable(url, error);
      });
      if (response.ok) return response;
      throw new CliFailure(`${url} answers ${response.status}: ${await saidBy(response)}`);
    },
  };
}

function addressOf(server: string): string {
  if (URL.canParse(server) && /^https?:$/.test(new URL(server).protocol)) return server.replace(/\/+$/, '');
  throw new CliFailure(`"${server}" is no address of a server, such as http://127.0.0.1:4350.`);
}

function unreachable(url: string, error: unknown): CliFailure {
  const { code } = ((error as Error).cause ?? {}) as { readonly code?: unknown };
  const why = typeof code === 'string' ? ` (${code})` : '';
  return new CliFailure(
    `${url} can't be reached${why}: see that the server runs there, and that the way to it is open.`,
  );
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
  const keys = await readKeys(file);
  const key = keys[name];
  if (key !== undefined) return key;
  const names = Object.keys(keys);
  const held =
    names.length === 0 ? 'it is not there, or no key is in it' : `it has those of ${names.join(', ')}`;
  throw new CliFailure(`${file} has no key of ${name}: ${held}. Give the key itself in ENTENTE_KEY.`);
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

const dialoguesShown = 10;

/** The id of a dialogue that may be named by the prefix of its keys. */
export async function dialogueNamed(record: ServedRecord, name: string): Promise<string> {
  if (/^[0-9a-f-]{36}$/i.test(name)) return name.toLowerCase();
  const seen: string[] = [];
  let next: string | undefined = '/v1/dialogues?limit=200';
  while (next !== undefined) {
    const response: Response = await record.ask(next);
    const { items } = (await response.json()) as {
      readonly items: readonly { readonly id: string; readonly keyPrefix: string }[];
    };
    const found = items.find(({ keyPrefix }) => keyPrefix === name.toUpperCase());
    if (found !== undefined) return found.id;
    seen.push(...items.map(({ keyPrefix }) => keyPrefix));
    next = /<([^>]+)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1];
  }
  const shown = seen.slice(0, dialoguesShown).join(', ');
  const sees = seen.length === 0 ? 'none' : seen.length > dialoguesShown ? `${shown} and others` : shown;
  throw new CliFailure(
    `There is no dialogue ${name} for this key, which sees ${sees}: give its id, or the prefix of its keys.`,
  );
}
