/** A part of the interface; its name is that of its page, `/docs/rounds`. */
export interface Tag {
  readonly name: string;
  readonly description: string;
}

/** All parts, in the order in which people meet them. */
export const tags: readonly Tag[] = [
  {
    name: 'dialogues',
    description: 'A dialogue is between two parties; it owns the keys and the numbers of what belongs to it.',
  },
  {
    name: 'irritants',
    description:
      'What troubles the relation: its joint stage, and beside it each side’s own position and claims.',
  },
  { name: 'rounds', description: 'Rounds of consultations, with each side’s own account of them.' },
  {
    name: 'exchanges',
    description:
      'Exchanges of notes: what was presented, received and answered, and what each side says it covers.',
  },
  {
    name: 'assets',
    description:
      'Property at issue: whose it is as each side says, access, inspections, damage, and its return.',
  },
  { name: 'sources', description: 'The evidence: held with its bytes, or only cited.' },
  {
    name: 'proposals',
    description: 'Texts that are tabled, revised, and assented to by their hash, until both sides have.',
  },
  { name: 'roadmaps', description: 'Versions of a roadmap, and the steps of the agreed one.' },
  {
    name: 'commitments',
    description:
      'What a side undertook, whether it is fulfilled as each side says, and whether a breach of it is alleged.',
  },
  { name: 'search', description: 'Words and names, over everything that is recorded.' },
  { name: 'keys', description: 'API keys, for operators.' },
  { name: 'service', description: 'The state of the server, and the description of its interface.' },
];
