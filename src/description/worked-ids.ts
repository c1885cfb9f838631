/** What the lines of the invented story have in common. */

export const idOf = (number: number) => `01960b3a-0000-7000-8000-${String(number).padStart(12, '0')}`;
export const hash = (digit: string) => digit.repeat(64);
export const nonce = 'q83vASNFZ4mrze8BI0VniQ==';

export const ids = {
  dialogue: idOf(1),
  source: idOf(4),
  irritant: idOf(5),
  account: idOf(6),
  round: idOf(8),
  exchange: idOf(9),
  roadmap: idOf(10),
  commitment: idOf(11),
  claim: idOf(12),
  person: idOf(13),
  point: idOf(14),
  step: idOf(15),
  note: idOf(16),
  proposal: idOf(17),
  key: idOf(20),
  asset: idOf(31),
  access: idOf(32),
  damage: idOf(33),
  linkage: idOf(34),
  otherIrritant: idOf(35),
  breach: idOf(36),
  report: idOf(37),
};

export interface Line {
  readonly by: 'RU' | 'US' | null;
  readonly type: string;
  readonly data?: object;
  readonly content?: object;
  readonly sourced?: true;
  /** Of a consequence, the places of the lines that it rests on. */
  readonly rests?: readonly number[];
}

export const inDialogue = { dialogueId: ids.dialogue, synthetic: false };

/** A moment is sealed, so an example of one opens nowhere. */
export const exampleMoment = 'mT3fXx0m1yq2n8cVb7uLJ5ZkQpRsWdEaHgYtNvOiKjMlBzCxSwAqFePuIoGhDrL4T';
