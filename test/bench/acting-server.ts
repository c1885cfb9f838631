import { caughtUp, connected, layPlace, laySubjects, signedIn, stating, subjectOf } from './ground.js';
import type { Place } from './ground.js';
import { closedLoop, openConnections } from './http-load.js';
import type { Got } from './http-load.js';
import type { MeasuredServer } from './measured-server.js';
import { pin } from './processes.js';

/** A server, and acts to be given on it. */
export class ActingServer {
  private constructor(
    readonly server: MeasuredServer,
    readonly place: Place,
  ) {}

  /** `prefix`: of the keys of the dialogue in which it acts, another one for each start on the same record. */
  static async start(server: MeasuredServer, prefix = 'ACTS'): Promise<ActingServer> {
    await server.start();
    await server.ready();
    pin(server.child.pid, 0);
    const connection = await connected(server);
    const place = await layPlace(connection, prefix);
    connection.close();
    await quiet(server);
    return new ActingServer(server, place);
  }

  /** Milliseconds of all its threads for an act, until all that follows is there, and one of the answers. */
  async costOfActs(
    count: number,
    total: number,
  ): Promise<{ readonly ms: number; readonly last: Got | undefined }> {
    const { server, place } = this;
    const connections = await openConnections(server.url, count, signedIn(server));
    const [first] = connections;
    if (first === undefined) throw new Error('No connection.');
    const subjects = await laySubjects(first, place, count);
    const before = server.cpuSeconds();
    const { ms, lasts } = await closedLoop(connections, Math.ceil(total / count), (at, last) => {
      const subject = last === undefined ? subjects[at] : subjectOf(last);
      if (subject === undefined) throw new Error('No subject.');
      return stating(subject, place);
    });
    await caughtUp(first, lasts.at(-1));
    const cost = ((server.cpuSeconds() - before) * 1000) / ms.length;
    for (const one of connections) one.close();
    return { ms: cost, last: lasts[0] };
  }

  stop(): Promise<void> {
    return this.server.stop();
  }
}

/** Until the server has nothing left to do: after a start, the logs of all dialogues are signed. */
async function quiet(server: MeasuredServer): Promise<void> {
  for (let used = 1; used > 0.05;) {
    const before = server.cpuSeconds();
    await new Promise((resolve) => void setTimeout(resolve, 1_000));
    used = server.cpuSeconds() - before;
  }
}
