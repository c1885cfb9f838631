import { ValidateBy } from 'class-validator';
import type { ValidationOptions } from 'class-validator';
import { isTrustworthyUrl } from '#libs/access-tokens';

/** An address whose answers can be relied on: https, or http on loopback. */
export const TrustworthyUrl = (options: ValidationOptions) =>
  ValidateBy({ name: 'trustworthyUrl', validator: { validate: isTrustworthyUrl } }, options);
