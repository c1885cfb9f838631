import type { commitmentCommands } from './commitments/commitment.commands.js';
import type { assetCommands } from './assets/asset.commands.js';
import type { dialogueCommands } from './dialogues/dialogue.commands.js';
import type { exchangeCommands } from './exchanges/exchange.commands.js';
import type { irritantCommands } from './irritants/irritant.commands.js';
import type { amendmentCommands } from './platform/commands/amendment.commands.js';
import type { proposalCommands } from './proposals/proposal.commands.js';
import type { roadmapCommands } from './roadmaps/roadmap.commands.js';
import type { roundCommands } from './rounds/round.commands.js';
import type { sourceCommands } from './sources/source.commands.js';

type Own<C> = Uncapitalize<keyof C & string>;
export type Plural =
  | 'Dialogues'
  | 'Irritants'
  | 'Rounds'
  | 'Exchanges'
  | 'Sources'
  | 'Proposals'
  | 'Roadmaps'
  | 'Commitments'
  | 'Assets';
export type Amending<P extends Plural = Plural> = `${Own<typeof amendmentCommands>}In${P}`;
export type One = Plural extends infer P ? (P extends `${infer O}s` ? O : never) : never;
export type Reading<O extends One> = `list${O}s` | `get${O}` | `get${O}History` | `diff${O}` | `replay${O}`;

/** Every operation there is. One that has no row below does not compile. */
export type OperationId =
  | Own<typeof dialogueCommands>
  | Own<typeof irritantCommands>
  | Own<typeof roundCommands>
  | Own<typeof exchangeCommands>
  | Own<typeof assetCommands>
  | Own<typeof sourceCommands>
  | Own<typeof proposalCommands>
  | Own<typeof roadmapCommands>
  | Own<typeof commitmentCommands>
  | Amending
  | Reading<One>
  | 'getIrritantOverview'
  | 'compareRoundAccounts'
  | 'searchRecord'
  | 'getAgenda'
  | 'inYourName'
  | 'answerAttributions'
  | 'findStale'
  | 'getStatistics'
  | 'getBrief'
  | 'uploadSourceBytes'
  | 'getSourceBytes'
  | 'listKeys'
  | 'makeKey'
  | 'revokeKey'
  | 'approveKey'
  | 'metrics'
  | 'livez'
  | 'readyz'
  | 'openApiDocument'
  | 'apiPage'
  | 'docsPage'
  | 'problemPage'
  | 'homePage'
  | 'searchPage'
  | 'irritantPage'
  | 'roundPage'
  | 'briefPage'
  | 'signIn'
  | 'signOut'
  | 'enter'
  | 'styleSheet';
