/** The guides, each a file in the folder `guides` and the parts that it names, from a folder of the same name. */
export const guideNames = [
  'reading',
  'writing',
  'agreeing',
  'checking',
  'operating',
  'compatibility',
] as const;

export type GuideName = (typeof guideNames)[number];
