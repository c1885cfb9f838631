import { choice, event, id, means } from '#libs/decider';
import * as common from '../kernel/fields.js';
import { linkageConditions } from './irritant-vocabulary.events.js';

const linkageId = means(id, 'The linkage, from `linkages` of the irritant on which it was asserted.');

/** That two irritants hang together: asserted by one side, and held by both or not. */
export const irritantLinkageEvents = {
  LinkageAsserted: event(
    {
      linkageId,
      irritantId: common.irritantId,
      condition: means(
        choice(...linkageConditions),
        'Of a linkage: the irritant `precedes` the other one, both are settled `together`, both belong to one `package`, or as its words say (`other`).',
      ),
    },
    common.remark,
  ),
  LinkageAccepted: event({ linkageId }),
  LinkageRejected: event({ linkageId }, common.why),
  /** What both hold to, ends once both have said so. */
  LinkageReleased: event({ linkageId }, common.why),
  LinkageRetained: event({ linkageId }, common.why),
};
