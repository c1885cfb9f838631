import { table } from './operating-parts.js';
import type { Section } from './operating-parts.js';

const trouble = table(
  'What you may meet, in the words in which you meet it',
  ['It says', 'What has happened', 'What to do'],
  [
    [
      'The disk is full; nothing was stored.',
      'The act was refused whole with `store-unavailable`. Reads go on.',
      'Make room, for example by moving old backups away; writes are taken again at once, and lists and consequences catch up by themselves. Never delete `store.sqlite-wal`: it holds acts. With the server ended, `views.sqlite` and its two companions may be deleted; they are filled again.',
    ],
    [
      'It is tried again until it succeeds',
      'A list or the policies wait: the disk is full, a file is held, or the store does not answer. `/readyz` says which.',
      'Mend what it names. Nothing has to be restarted, and nothing is lost or done twice.',
    ],
    [
      'There is no record in',
      'The folder is empty, not there, or not mounted; only `entente init` and `entente demo` make a record.',
      'See to the path and to the mount. Where it is to be a new record, run `entente init`.',
    ],
    [
      'is damaged, so nothing was rebuilt',
      'An event is missing or was changed in `store.sqlite`, or what guards it was taken away; `entente doctor` names each.',
      'Keep a copy of the whole folder, and restore the last backup into an empty one. Ask who can write the file.',
    ],
    [
      'one of the two was changed by hand',
      'Store and read models speak of the same event and differ.',
      'Compare both with a backup. Where the store is the true one, delete `views.sqlite` and rebuild.',
    ],
    [
      'is in use by another process',
      'A second process was started on the folder. A killed one holds nothing, so there is one alive.',
      'End the other one, or give this one a folder of its own. `serving.json` names its address and process.',
    ],
    [
      'has storage format',
      'A newer version wrote the folder.',
      'Install that version again, or restore a backup from before the upgrade.',
    ],
    [
      'is damaged',
      'The disk has returned something else than was written.',
      'Keep a copy of the whole folder, restore the last backup into an empty one, and distrust the disk.',
    ],
    [
      "can't be written",
      'The files belong to somebody else, often because a command was run as root.',
      'Give folder and files to the user of the service.',
    ],
    [
      'and it belongs to somebody else',
      'A file of the record can be read by others, and this user may not change that.',
      'Give folder and files to the user of the service; the rights are then put right at the start.',
    ],
    [
      "The store can't write any more",
      'The disk failed at a sync, and nobody knows what it holds; the process has stopped rather than guess.',
      'Look at the disk. A restart reads the store anew; every act that was acknowledged before is there.',
    ],
    [
      'The read models belong to another store',
      'The folder was used with another store before, or the store was restored beside old read models.',
      'End the server, run `entente rebuild`, start it. Check first that it is the store you mean.',
    ],
    [
      'is not a setting of Entente',
      'A variable of the environment is misspelt.',
      'Correct it; `entente doctor` names all of them at once.',
    ],
    [
      'is missing: without it',
      'Access tokens are configured by halves.',
      'Set what it names, or nothing of `ENTENTE_OIDC_…`.',
    ],
    [
      'may not name the party',
      'An access token acts for a party that its issuer is not bound to.',
      'Name the party in `ENTENTE_OIDC_PARTIES` if this issuer is to make its people known, and start the server anew.',
    ],
    [
      "the keys of its issuer can't be fetched",
      'An access token was refused because the issuer is down, or answers something else than its keys. API keys work on.',
      'Read the reason on standard error, or let `entente doctor` fetch them. Once the issuer answers, tokens are taken again within ten seconds.',
    ],
    [
      'speaks for another issuer',
      'The discovery document names another issuer than `ENTENTE_OIDC_ISSUER`, often but for a slash at its end.',
      'Write the issuer exactly as the document and the tokens have it.',
    ],
  ],
);

export const troubleSections: readonly Section[] = [
  { anchor: 'trouble', title: 'When something is wrong', body: trouble },
];
