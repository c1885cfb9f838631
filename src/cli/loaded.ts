/** A command is loaded once it is called: whoever checks the record waits for no server's modules, and needs none. */
export function loaded<Given extends unknown[]>(load: () => Promise<(...given: Given) => unknown>) {
  return async (...given: Given): Promise<void> => {
    await (
      await load()
    )(...given);
  };
}
