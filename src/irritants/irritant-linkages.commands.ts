import type { CommandDeclarations } from '#libs/decider';

/** How two irritants are said to hang together, and to hang together no more. */
export const irritantLinkageCommands = {
  AssertLinkage: {
    event: 'LinkageAsserted',
    path: 'assert-linkage',
    weight: 'statement',
    summary: 'Assert that it is linked with another irritant',
    refuses: ['LINKED_TO_ITSELF', 'LINKAGES_TOO_MANY', 'IRRITANT_CLOSED'],
    assigned: { linkageId: 'new-id' },
    recurs: true,
    takenBackBy: 'release the linkage (POST …/linkages/{linkageId}/release)',
    example: {
      irritantId: '01960b3a-0000-7000-8000-000000000035',
      condition: 'together',
      text: { en: 'Neither is settled without the other.' },
    },
  },
  AcceptLinkage: {
    event: 'LinkageAccepted',
    path: 'linkages/{linkageId}/accept',
    weight: 'binding',
    takesUp: ['LinkageAsserted'],
    contradicts: ['LinkageReleased'],
    summary: 'Accept a linkage that the other side asserted',
    refuses: ['LINKAGE_UNKNOWN', 'OWN_LINKAGE', 'LINKAGE_ENDED', 'OWN_WORD_STANDS'],
    takenBackBy: 'release the linkage (POST …/linkages/{linkageId}/release), which ends it once both have',
    example: {},
  },
  RejectLinkage: {
    event: 'LinkageRejected',
    path: 'linkages/{linkageId}/reject',
    weight: 'binding',
    answers: ['LinkageAsserted'],
    summary: 'Reject a linkage that the other side asserted',
    refuses: ['LINKAGE_UNKNOWN', 'OWN_LINKAGE', 'LINKAGE_ACCEPTED', 'LINKAGE_ENDED', 'OWN_WORD_STANDS'],
    takenBackBy: 'accept the linkage (POST …/linkages/{linkageId}/accept)',
    example: { reason: { en: 'Each is settled on its own merits.' } },
  },
  ReleaseLinkage: {
    event: 'LinkageReleased',
    path: 'linkages/{linkageId}/release',
    weight: 'binding',
    summary:
      'Say that a linkage which both accept ends, once the other side has said so too; or that one asserts it no more, where the other side has not accepted it',
    refuses: ['LINKAGE_UNKNOWN', 'LINKAGE_NOT_ACCEPTED', 'LINKAGE_ENDED', 'OWN_WORD_STANDS'],
    takenBackBy:
      'hold on to the linkage (POST …/linkages/{linkageId}/retain), or assert it anew (POST …/assert-linkage) where it is ended',
    example: { reason: { en: 'Each is settled on its own merits.' } },
  },
  RetainLinkage: {
    event: 'LinkageRetained',
    path: 'linkages/{linkageId}/retain',
    weight: 'binding',
    contradicts: ['LinkageReleased'],
    summary: "Hold on to a linkage: take back one's own release of it, or decline the other side's",
    refuses: ['LINKAGE_UNKNOWN', 'LINKAGE_NOT_ACCEPTED', 'LINKAGE_ENDED', 'OWN_WORD_STANDS'],
    takenBackBy: 'release the linkage (POST …/linkages/{linkageId}/release)',
    example: { reason: { en: 'They were agreed on as one package.' } },
  },
} as const satisfies CommandDeclarations;
