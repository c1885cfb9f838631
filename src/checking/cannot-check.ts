/** What keeps from checking: nothing is said of the record by it. The message is a sentence and says how to mend it. */
export class CannotCheck extends Error {
  override readonly name = 'CannotCheck';
}

/** What the system says of a file that can't be read or written, without its code. */
export function fileFault(path: string, error: unknown): CannotCheck {
  const { code } = error as NodeJS.ErrnoException;
  const known: Readonly<Record<string, string>> = {
    ENOENT: 'there is no such file',
    EACCES: 'this user may not',
    EISDIR: 'it is a folder',
    ENOTDIR: 'a part of the path is a file',
    ENOSPC: 'the disk is full',
    EROFS: 'the disk can only be read',
    ELOOP: 'it is a link',
  };
  const why = known[code ?? ''] ?? (error as Error).message;
  return new CannotCheck(`${path} can't be used: ${why}.`, { cause: error });
}
