import { crc32 } from 'node:zlib';

/** What of a row never changes; times and JSON are the texts that the file has. */
interface FixedColumns {
  readonly stream: string;
  readonly revision: number | bigint;
  readonly id: string;
  readonly type: string;
  readonly data: string;
  readonly meta: string;
  readonly recordedAt: string;
}

/**
 * The CRC-32 (ISO 3309) of a row as it was appended. It tells a disk that lies, and no forger: those are told by the logs.
 * The writer's thread makes it by the same line, as it can import nothing.
 */
export function checksumOf({ stream, revision, id, type, data, meta, recordedAt }: FixedColumns): number {
  return crc32(data, crc32(meta, crc32(`${stream}\n${revision}\n${id}\n${type}\n${recordedAt}`)));
}

/** The same of words and their salt, kept apart because both are erased, and it with them. */
export function wordsChecksumOf(content: string | null, salt: string | null): number | null {
  return content === null ? null : crc32(content, crc32(salt ?? ''));
}
