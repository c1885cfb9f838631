import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Infer } from '#libs/decider';
import { Problem } from '#libs/problem-details';
import { refuseUnseen, sees, seesAll } from '../platform/access/sight.js';
import { platformProblems } from '../platform/problems/platform.problems.js';
import { inBody } from '../platform/problems/parameters.js';
import { problemAt } from '../platform/problems/problem-at.js';
import type { Principal } from '../platform/record/principal.js';
import type { RecordRead } from '../platform/record/reading.js';
import { notFound } from '../platform/record/refusals.js';
import { resolved } from '../platform/record/resolving.js';
import { resolveKnownAt } from '../reading/moment.js';
import { seeingOf } from './digest.js';
import { addressOf } from './feed-addresses.js';
import type { FeedKind, Following, Watch, Watched } from './follower.js';
import { Followings } from './followings.js';
import type { newWatchShape } from './watch-shapes.js';

/** What principals say of their following, by the interface or by the forms of the pages: under the same rules. */
@Injectable()
export class FollowingChanges {
  constructor(private readonly followings: Followings) {}

  async begin(record: RecordRead, principal: Principal, body: Infer<typeof newWatchShape>): Promise<Watch> {
    const watched = await watchedBy(record, body, principal);
    const { record: reader } = record.projections;
    const after = reader.byOrdinal(reader.headOrdinal)?.event.id ?? null;
    return this.followings.begin(principal.id, watched, after);
  }

  end({ id }: Principal, watchId: string): Promise<Watch> {
    return this.followings.end(id, watchId);
  }

  async look(record: RecordRead, { id }: Principal, upTo: string): Promise<void> {
    const { knownOrdinal } = inBody('upTo', () => resolveKnownAt(record, upTo, {}, 'upTo'));
    await this.followings.look(id, knownOrdinal, record);
  }

  /** The address, which is shown this once. */
  async makeAddress({ id, token }: Principal, feed: FeedKind, request: FastifyRequest): Promise<string> {
    if (token !== undefined) {
      const detail =
        'A secret address lives as long as its principal has an API key, and an access token is none.';
      throw new Problem(platformProblems.API_KEY_NEEDED, { detail });
    }
    return addressOf(request, feed, await this.followings.renew(id, feed));
  }

  withdrawAddress({ id }: Principal, feed: FeedKind): Promise<Following> {
    return this.followings.withdraw(id, feed);
  }
}

/** What the body names, if the principal sees it. */
async function watchedBy(
  record: RecordRead,
  { irritant, dialogue, party: ofParty }: Infer<typeof newWatchShape>,
  principal: Principal,
): Promise<Watched> {
  const named = [irritant, dialogue, ofParty].filter((one) => one !== undefined);
  if (named.length !== 1) {
    const fault = 'must name one of irritant, dialogue and party, and one alone';
    throw problemAt(platformProblems.VALIDATION_FAILED, [], fault, `A watch ${fault}.`);
  }
  if (ofParty !== undefined) return partyWatched(record, ofParty, principal);
  const dialogues = record.registry.part('dialogue');
  if (dialogue !== undefined) {
    const isThere = (await record.present.dialogue(dialogue)) !== undefined;
    if (!isThere || !(await sees(record.present, principal, dialogue))) throw notFound(dialogues, dialogue);
    return { kind: 'dialogue', dialogueId: dialogue };
  }
  const matter = record.registry.part('matter');
  const asked = irritant ?? '';
  const irritantId = await resolved(record, matter, asked);
  if (!seesAll(principal))
    await refuseUnseen(record.present, principal, matter.name, { id: irritantId, asked });
  const state = (await record.present.folded(matter.name, irritantId))?.state as
    { readonly dialogueId: string } | undefined;
  if (state === undefined) throw notFound(matter, asked);
  return { kind: 'irritant', irritantId, dialogueId: state.dialogueId };
}

/** A party of a dialogue that the principal sees: of any other nothing would ever be told, and a slip would not show. */
function partyWatched(record: RecordRead, party: string, principal: Principal): Watched {
  const { projections, registry } = record;
  const { isSeen } = seeingOf(record, principal);
  const isThere = projections
    .view(registry.part('dialogue').name)
    .tables.prepare(`SELECT id FROM {labels} WHERE name = 'party' AND value = ?`)
    .all(party)
    .some(({ id }) => isSeen(String(id)));
  if (isThere) return { kind: 'party', party };
  const fault = `names ${party}, and no dialogue that you see has such a party; each dialogue says which parties it has`;
  throw problemAt(platformProblems.VALIDATION_FAILED, ['party'], fault, `party: ${fault}.`);
}
