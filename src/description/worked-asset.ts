/** The asset of the story: registered, access asked for and granted, damage assessed. */
export function assetStory(
  ids: { readonly irritant: string; readonly access: string; readonly damage: string },
  inDialogue: { readonly dialogueId: string; readonly synthetic: boolean },
) {
  return [
    {
      by: 'RU',
      type: 'AssetRegistered',
      data: { ...inDialogue, irritantIds: [ids.irritant], owner: 'RU', tenure: 'owned', holder: 'US' },
      content: { name: { en: 'Property 1' } },
    },
    { by: 'RU', type: 'AccessRequested', data: { accessId: ids.access, purpose: 'inspection' } },
    {
      by: 'US',
      type: 'AccessGranted',
      data: { accessId: ids.access, until: '2025-12-31' },
      content: { conditions: { en: 'Two persons, accompanied.' } },
    },
    {
      by: 'RU',
      type: 'DamageAssessed',
      data: { damageId: ids.damage, amount: '1250000.50', currency: 'USD' },
      content: { text: { en: 'Roof and archives.' } },
    },
  ] as const;
}
