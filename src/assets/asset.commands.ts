import type { CommandDeclarations } from '#libs/decider';

const irritantId = '01960b3a-0000-7000-8000-000000000005';

export const assetCommands = {
  RegisterAsset: {
    event: 'AssetRegistered',
    path: null,
    standing: 'statement',
    summary: 'Register property at issue, saying who owns and who holds it',
    assigned: { synthetic: 'synthetic' },
    example: {
      dialogueId: '01960b3a-0000-7000-8000-000000000001',
      irritantIds: [irritantId],
      owner: 'RU',
      tenure: 'owned',
      holder: 'US',
      name: { en: 'Property 1' },
    },
  },
  AssertOwnership: {
    event: 'AssetRegistered',
    path: 'assert-ownership',
    standing: 'statement',
    summary: 'Say who owns and who holds it, for one’s own side',
    assigned: { dialogueId: 'dialogue', synthetic: 'synthetic' },
    example: {
      irritantIds: [irritantId],
      owner: 'US',
      tenure: 'owned',
      holder: 'US',
      name: { en: 'The property' },
    },
  },
  RequestAccess: {
    event: 'AccessRequested',
    path: 'request-access',
    standing: 'statement',
    summary: 'Ask for access to it',
    assigned: { accessId: 'new-id' },
    example: { purpose: 'inspection', text: { en: 'Access is asked for at an early date.' } },
  },
  GrantAccess: {
    event: 'AccessGranted',
    path: 'access/{accessId}/grant',
    standing: 'binding',
    summary: 'Grant the access that the other side asked for',
    example: { until: '2025-12-31', conditions: { en: 'Two persons, accompanied.' } },
  },
  DenyAccess: {
    event: 'AccessDenied',
    path: 'access/{accessId}/deny',
    standing: 'binding',
    summary: 'Deny the access that the other side asked for, saying why',
    example: { reason: { en: 'Works are under way.' } },
  },
  RecordInspection: {
    event: 'InspectionConducted',
    path: 'record-inspection',
    standing: 'statement',
    summary: 'Record an inspection and what it found',
    assigned: { inspectionId: 'new-id' },
    example: { findings: { en: 'The roof of the main building leaks.' } },
  },
  AssessDamage: {
    event: 'DamageAssessed',
    path: 'assess-damage',
    standing: 'statement',
    summary: 'Assess damage to it, as an amount of money',
    assigned: { damageId: 'new-id' },
    example: { amount: '1250000.50', currency: 'USD', text: { en: 'Roof and archives.' } },
  },
  DisputeDamage: {
    event: 'DamageDisputed',
    path: 'damage/{damageId}/dispute',
    standing: 'statement',
    summary: 'Dispute the damage that the other side assessed',
    example: { amount: '200000', currency: 'USD', reason: { en: 'The archives were not in use.' } },
  },
  RecordReturn: {
    event: 'AssetReturned',
    path: 'record-return',
    standing: 'binding',
    summary: 'Say that it was returned, and to whom',
    example: { to: 'RU', protocol: { en: 'Protocol of handover, signed by both sides.' } },
  },
} as const satisfies CommandDeclarations;
