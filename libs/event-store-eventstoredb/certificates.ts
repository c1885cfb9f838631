import { readFile } from 'node:fs/promises';

import { credentials, type ChannelCredentials } from '@grpc/grpc-js';

import { EventStoreError } from '#libs/event-store';

import type { ConnectionFacts } from './connection-string.js';

/** A file is not there, or is none of its kind; it may be put back at any time, so it is read again at every look. */
export class CertificateUnusable extends EventStoreError {
  constructor(
    words = 'The certificates that EVENTSTORE_URL names can not be used: each file must hold what its option says, in PEM.',
  ) {
    super(words);
  }
}

/** As the connection string asks for; throws `CertificateUnusable`. */
export async function credentialsFor(facts: ConnectionFacts): Promise<ChannelCredentials> {
  if (!facts.tls) return credentials.createInsecure();
  const [authority, key, certificate] = await Promise.all([
    read('tlsCAFile', facts.authorityFile),
    read('userKeyFile', facts.userKeyFile),
    read('userCertFile', facts.userCertFile),
  ]);
  try {
    return credentials.createSsl(authority, key, certificate);
  } catch {
    throw new CertificateUnusable();
  }
}

async function read(option: string, file: string | undefined): Promise<Buffer | null> {
  if (file === undefined) return null;
  try {
    return await readFile(file);
  } catch {
    throw new CertificateUnusable(
      `The file that ${option} in EVENTSTORE_URL names is not there, or can not be read. It is tried again until it can.`,
    );
  }
}
