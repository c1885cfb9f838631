import { followingPrefix, lookedPrefix, webhookPrefix } from './record/beside.js';
import { credentialPrefix } from './access/all-credentials.js';
import { signInPrefix } from './access/sign-in-streams.js';
import { keyPrefixGuards } from './record/streams.js';

/** The beginnings of the names of streams that are no part of the record, and are kept with it by the read models. */
export const besidePrefixes: readonly string[] = [
  credentialPrefix,
  followingPrefix,
  keyPrefixGuards,
  lookedPrefix,
  signInPrefix,
  webhookPrefix,
];
