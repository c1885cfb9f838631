import { createCipheriv, createDecipheriv, createHmac, createSecretKey, randomBytes } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

export const sealKeyBytes = 32;

const saltBytes = 16;
const tagBytes = 16;
const form = /^[\w-]+$/;
/** Each token has a key of its own, so one nonce serves all: NIST SP 800-38D asks that no key meets a nonce twice. */
const nonce = Buffer.alloc(12);

/**
 * Tokens that say nothing to whoever holds them, and that nobody else can make: AES-256-GCM. A token opens only for the
 * purpose that it was sealed for.
 */
export class Seal {
  /** Made once: from bytes each hash would make one of its own, which costs five times as much as the hash. */
  readonly #key: KeyObject;

  constructor(key: Uint8Array) {
    if (key.length !== sealKeyBytes) throw new RangeError(`A key has ${sealKeyBytes} bytes.`);
    this.#key = createSecretKey(key);
  }

  /**
   * Base64url, of a length that follows from that of the bytes. Two tokens of the same bytes differ, so that they can't be
   * compared either; with a context they are equal where the context is.
   */
  seal(purpose: string, bytes: Uint8Array, context?: string): string {
    const salt = context === undefined ? randomBytes(saltBytes) : this.#saltFor(purpose, bytes, context);
    const cipher = createCipheriv('aes-256-gcm', this.#keyFor(salt), nonce).setAAD(Buffer.from(purpose));
    const hidden = [cipher.update(bytes), cipher.final()];
    return Buffer.concat([salt, ...hidden, cipher.getAuthTag()]).toString('base64url');
  }

  /** Undefined where the token was not sealed with this key for this purpose, or was changed since. */
  open(purpose: string, token: string): Buffer | undefined {
    const all = Buffer.from(token, 'base64url');
    // Base64url can write the same bytes in several ways, of which only ours is taken.
    if (!form.test(token) || all.toString('base64url') !== token) return undefined;
    if (all.length < saltBytes + tagBytes) return undefined;
    const decipher = createDecipheriv('aes-256-gcm', this.#keyFor(all.subarray(0, saltBytes)), nonce)
      .setAAD(Buffer.from(purpose))
      .setAuthTag(all.subarray(-tagBytes));
    try {
      return Buffer.concat([decipher.update(all.subarray(saltBytes, -tagBytes)), decipher.final()]);
    } catch {
      // GCM says so when the tag does not fit, whatever the reason.
      return undefined;
    }
  }

  /** As bytes it would do as well, and Node would look whether they are a key object by an error that it makes and drops. */
  #keyFor(salt: Uint8Array): KeyObject {
    return createSecretKey(createHmac('sha256', this.#key).update('key').update(salt).digest());
  }

  #saltFor(purpose: string, bytes: Uint8Array, context: string): Buffer {
    const said = JSON.stringify([purpose, context, Buffer.from(bytes).toString('base64url')]);
    return createHmac('sha256', this.#key).update('salt').update(said).digest().subarray(0, saltBytes);
  }
}
