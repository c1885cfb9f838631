/** What the examples of all commands name, so that they tell of one dialogue. */
export const exampleIds = {
  dialogueId: '01960b3a-0000-7000-8000-000000000001',
  sourceId: '01960b3a-0000-7000-8000-000000000004',
  irritantId: '01960b3a-0000-7000-8000-000000000005',
} as const;
