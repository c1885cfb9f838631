/** No tables of this version are complete yet; the caller may come back later. */
export class ProjectionNotReady extends Error {
  override readonly name = 'ProjectionNotReady';

  constructor(
    readonly projection: string,
    readonly version: number,
  ) {
    super(`The projection ${projection}, version ${version}, is still being built.`);
  }
}

/** The checkpoint lies in another life of the store, so that nothing read from here on would fit what is there. */
export class ReadModelsForeign extends Error {
  override readonly name = 'ReadModelsForeign';

  constructor(options?: ErrorOptions) {
    super('The read models belong to another store: rebuild all of them.', options);
  }
}

/** The checkpoint is not where this writer left it. To write on would repeat or skip events, so the writer halts. */
export class CheckpointMoved extends Error {
  override readonly name = 'CheckpointMoved';

  constructor(projection: string) {
    super(`Another writer has moved the checkpoint of ${projection}.`);
  }
}

/** An event is missing, or there twice, where the next one belongs: whatever followed would be built on a hole. */
export class RecordGap extends Error {
  override readonly name = 'RecordGap';
}

/** The new tables hold something else than those that they are to replace, up to the same place of the store. */
export class ReadModelsDiffer extends Error {
  override readonly name = 'ReadModelsDiffer';
}

/** A rebuild came no further for so long that nobody should wait for it; the message says what it waited for. */
export class RebuildStalled extends Error {
  override readonly name = 'RebuildStalled';
}

/** What can't be done now and will be, without anybody's doing here: the disk is full, the store is away. */
export class PassingFault extends Error {
  override readonly name = 'PassingFault';
}

/** The file can't be used and was made anew; nothing is lost but the time to fill it again. */
export class ReadModelsReplaced extends Error {
  override readonly name = 'ReadModelsReplaced';
}

/** Something in the file can't be read, be it a page or a row. The store holds all of it. */
export class ReadModelsDamaged extends Error {
  override readonly name = 'ReadModelsDamaged';

  constructor(options?: ErrorOptions) {
    super(
      'The read models are damaged: stop the server and run "entente rebuild", which makes them anew from the store. Nothing is lost.',
      options,
    );
  }
}

/** JavaScript lets anything be thrown; who reads a status or catches a rejection gets an error in any case. */
export function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown), { cause: thrown });
}
