import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DataFolderLocked } from '#libs/event-store-sqlite';
import type { ProblemDocument } from '#libs/problem-details';
import { CliFailure } from './cli-failure.js';
import { faultsInWords } from '../wording/faults.js';
import { keyFileOf, readKeys, writeInPassing } from './key-file.js';

interface Serving {
  readonly url: string;
  readonly pid: number;
}

function servingFile(directory: string): string {
  return join(directory, 'serving.json');
}

/** Says where the server on this folder listens, so that commands find it while it holds the folder. */
export async function announce(directory: string, url: string): Promise<void> {
  await writeInPassing(servingFile(directory), `${JSON.stringify({ url, pid: process.pid })}\n`);
}

export async function servingOn(directory: string): Promise<Serving | undefined> {
  try {
    return JSON.parse(await readFile(servingFile(directory), 'utf8')) as Serving;
  } catch {
    return undefined;
  }
}

/** A server on this folder, spoken to over HTTP with a key that may do what the command needs. */
export interface Remote {
  readonly url: string;
  call(method: string, path: string, body?: object): Promise<Response>;
}

/** The server that holds the folder; its key from ENTENTE_KEY, or from the key file in the folder. */
export async function remoteOf(
  directory: string,
  principal: string,
  givenKey: string | undefined,
): Promise<Remote> {
  const serving = await servingOn(directory);
  const key = givenKey ?? (await readKeys(keyFileOf(directory)))[principal];
  if (serving === undefined) {
    throw new CliFailure(
      `The folder ${directory} is held by another process that serves nothing; wait until it ends.`,
    );
  }
  if (key === undefined) {
    throw new CliFailure(
      `A server holds the folder (${serving.url}): give a key of the role ${principal} in ENTENTE_KEY.`,
    );
  }
  return {
    url: serving.url,
    call: async (method, path, body) => {
      const response = await fetch(`${serving.url}${path}`, {
        method,
        headers: {
          Authorization: `Bearer ${key}`,
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      if (response.ok) return response;
      const { title, detail, errors = [] } = (await response.json()) as ProblemDocument;
      const said = faultsInWords(detail, errors);
      throw new CliFailure(`${serving.url} answers ${response.status}: ${title}. ${said}`);
    },
  };
}

/** Works on the folder itself where it is free, and through the server where one holds it. */
export async function hereOrThere<T>(here: () => Promise<T>, there: () => Promise<T>): Promise<T> {
  try {
    return await here();
  } catch (error) {
    if (error instanceof DataFolderLocked) return there();
    throw error;
  }
}
