/** `npm run test:flips`: a thousand bits in a store of 20,000 events, twenty of them as real starts. */
export const asked = {
  /** None: the acts of one small dialogue. */
  events: Number(process.env['FLIP_EVENTS'] ?? 0),
  flips: Number(process.env['FLIPS'] ?? 60),
  starts: Number(process.env['FLIP_STARTS'] ?? 1),
  seed: Number(process.env['FLIP_SEED'] ?? 20_250_410),
};
