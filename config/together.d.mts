/** The paths of the specs, from the root, that each file in `test/together` declares. */
export declare const together: Readonly<Record<string, readonly string[]>>;
