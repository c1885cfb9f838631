import Sequencer from '@jest/test-sequencer';

/** What takes longest of the suites, the longest first, where no earlier run has been timed, as on a fresh machine. */
const longest = [
  'test/together/',
  'test/simulation/honest',
  'test/cluster/schedules/planted',
  'test/cluster/schedules/schedules',
  'test/simulation/two-sided',
  'test/simulation/planted',
  'libs/event-store-eventstoredb/eventstoredb-event-store',
  'test/bench/bench',
  'test/contract/memory',
  'test/cli/',
];

/** Begins with what takes longest, so that no core waits for it at the end. */
export default class LongestFirst extends Sequencer {
  async sort(tests) {
    const placeOf = ({ path }) => {
      const place = longest.findIndex((name) => path.includes(`/${name}`));
      return place === -1 ? longest.length : place;
    };
    return [...(await super.sort(tests))].toSorted((one, other) => placeOf(one) - placeOf(other));
  }
}
