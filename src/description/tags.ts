import type { Slice } from '../platform/record/slice.js';

/** A part of the interface; its name is that of its page, `/docs/rounds`. */
export interface Tag {
  readonly name: string;
  readonly description: string;
}

/** All parts, in the order in which people meet them. */
export function tagsOf(slices: readonly Slice[]): readonly Tag[] {
  return [
    ...slices.map(({ name, about }) => ({ name, description: about })),
    { name: 'search', description: 'Words and names, over everything that is recorded.' },
    { name: 'imports', description: 'Files of rows that other systems have, brought in as acts.' },
    { name: 'exports', description: 'The record as files, for other systems.' },
    { name: 'feed', description: 'What is recorded, event by event as it comes, for programs that follow.' },
    { name: 'webhooks', description: 'What is recorded, sent to an address of one’s own.' },
    {
      name: 'watches',
      description: 'What one follows: a digest of what is new, and feeds for readers and calendars.',
    },
    { name: 'keys', description: 'API keys, for operators.' },
    { name: 'service', description: 'The state of the server, and the description of its interface.' },
  ];
}
