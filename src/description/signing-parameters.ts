import type { Parameter } from '../platform/shapes/entry.js';

const bytes = (pattern: string) => ({ type: 'string', pattern });

const header = (name: string, description: string, schema: Parameter['schema']): Parameter => ({
  name,
  in: 'header',
  required: false,
  description,
  schema,
});

/** What every act may carry besides: that it is only asked about, and the signature of its party. */
export const signingParameters: readonly Parameter[] = [
  {
    name: 'dryRun',
    in: 'query',
    required: false,
    description:
      '`true`: judges the act as it would be judged now, records nothing, and answers what would be recorded, and what of it a party signs.',
    schema: { type: 'string', enum: ['true'] },
  },
  header(
    'Entente-Salt',
    '32 random bytes, made by whoever signs: the salt of the words of the act.',
    bytes('^:[A-Za-z0-9+/]{43}=:$'),
  ),
  header(
    'Entente-Act',
    'The SHA-256 of the RFC 8785 bytes of what will be recorded, as `dryRun` answers it under `act`.',
    bytes('^:[A-Za-z0-9+/]{43}=:$'),
  ),
  header(
    'Entente-Seen',
    'Size and root of the last checkpoint of the dialogue’s log that the signer has checked.',
    bytes('^[0-9]+;root=:[A-Za-z0-9+/]{43}=:$'),
  ),
  header(
    'Signature-Input',
    'RFC 9421: `("entente-act" "entente-seen");created=…;expires=…;keyid="…";alg="ed25519";tag="entente"` under a label; `expires` five minutes later at the most, `keyid` the thumbprint of the key.',
    { type: 'string' },
  ),
  header('Signature', 'RFC 9421: the Ed25519 signature under the same label.', { type: 'string' }),
];
