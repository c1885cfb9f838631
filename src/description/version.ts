/** The version of the package, in its own words so that a compiled program needs no file for it; a test compares. */
export const programVersion = '0.1.0';
