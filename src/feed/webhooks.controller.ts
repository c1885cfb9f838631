import { Controller, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { id, line, list, means, optional } from '#libs/decider';
import type { Infer, MeantShape } from '#libs/decider';
import { Problem } from '#libs/problem-details';
import { Operation } from '../platform/access/operation.js';
import { principalOf } from '../platform/access/principal.guard.js';
import { platformProblems } from '../platform/problems/platform.problems.js';
import { inBody } from '../platform/problems/parameters.js';
import { problemAt } from '../platform/problems/problem-at.js';
import { Reading } from '../platform/record/reading.js';
import type { RecordRead } from '../platform/record/reading.js';
import { Sent } from '../platform/shapes/body.pipe.js';
import { lagging, unreached } from '../reading/moment.js';
import { placeOf, reachedPlace } from './feed-place.js';
import { unknownType, wanted } from './feed-question.js';
import { WebhookDeliverer } from './webhook-deliverer.js';
import { AddressRefused, WebhookNetworks } from './webhook-networks.js';
import { answerMs, isTaken, saidOf } from './webhook-request.js';
import type { Subscription } from './webhook-subscription.js';
import { WebhookSubscriptions } from './webhook-subscriptions.js';

/** How long is waited until this server has read as far as `after`. */
const placeMs = 2_000;

export const newWebhookShape = {
  url: means(
    line(2_000, '^https?://[\\x21-\\x7E]+$', 'an address that begins with https://'),
    'Where the events are sent, over TLS; without it only within networks that the operator allows.',
  ),
  dialogue: optional(id, 'Only events of this dialogue; of all that the principal sees where left out.'),
  types: optional(
    list(line(80), 1, 200),
    'Only events of these types; `/v1/event-types` lists all. All of them where left out.',
  ),
  after: optional(
    line(65),
    'After which moment to begin: a cursor of the feed, the moment of a list, or the `Event-Position` of a write. From now on where left out.',
  ),
} satisfies MeantShape;

function shown({
  sealedSecret: _,
  principalId: __,
  after: ___,
  earlier,
  revision: ____,
  changedAt: _____,
  epoch: ______,
  ...one
}: Subscription) {
  return { ...one, ...(earlier === undefined ? {} : { earlierSecretUntil: earlier.until }) };
}

/** Subscriptions of the principal who asks; nobody else sees them. */
@Controller('v1/webhooks')
export class WebhooksController {
  constructor(
    private readonly subscriptions: WebhookSubscriptions,
    private readonly deliverer: WebhookDeliverer,
    private readonly networks: WebhookNetworks,
  ) {}

  @Get()
  @Operation('listWebhooks')
  list(@Req() request: FastifyRequest) {
    return { items: this.subscriptions.of(principalOf(request).id).map(shown) };
  }

  @Post()
  @HttpCode(201)
  @Operation('makeWebhook')
  async make(
    @Sent(newWebhookShape) body: Infer<typeof newWebhookShape>,
    @Reading() record: RecordRead,
    @Req() request: FastifyRequest,
  ) {
    const principal = principalOf(request);
    if (principal.token !== undefined) {
      const detail = 'A webhook lives as long as its principal has an API key, and an access token is none.';
      throw new Problem(platformProblems.API_KEY_NEEDED, { detail });
    }
    await this.#refuseAddress(body.url, principal.id);
    const unknown = unknownType(record, body.types);
    if (unknown !== undefined)
      throw problemAt(
        platformProblems.VALIDATION_FAILED,
        ['types', String(unknown.place)],
        unknown.detail,
        `types ${unknown.detail}.`,
      );
    await wanted(record, { dialogue: body.dialogue, types: body.types }, principal);
    const { secret, subscription } = await this.subscriptions.create({
      url: body.url,
      principalId: principal.id,
      ...(body.dialogue === undefined ? {} : { dialogue: body.dialogue }),
      ...(body.types === undefined ? {} : { types: body.types }),
      after: await this.#eventAt(record, body.after),
    });
    return { ...shown(subscription), secret };
  }

  @Get(':id')
  @Operation('getWebhook')
  async one(@Param('id') webhookId: string, @Req() request: FastifyRequest) {
    return shown(await this.subscriptions.find(webhookId, principalOf(request).id));
  }

  @Post(':id/rotate-secret')
  @HttpCode(200)
  @Operation('rotateWebhookSecret')
  async rotate(@Param('id') webhookId: string, @Req() request: FastifyRequest) {
    const { secret, subscription } = await this.subscriptions.rotate(webhookId, principalOf(request).id);
    return { ...shown(subscription), secret };
  }

  @Post(':id/resume')
  @HttpCode(200)
  @Operation('resumeWebhook')
  async resume(@Param('id') webhookId: string, @Req() request: FastifyRequest) {
    return shown(await this.subscriptions.resume(webhookId, principalOf(request).id));
  }

  @Post(':id/end')
  @HttpCode(200)
  @Operation('endWebhook')
  async end(@Param('id') webhookId: string, @Req() request: FastifyRequest) {
    return shown(
      await this.subscriptions.end(webhookId, principalOf(request).id, 'Its principal has ended it.'),
    );
  }

  @Get(':id/deliveries')
  @Operation('listDeliveries')
  async deliveries(@Param('id') webhookId: string, @Req() request: FastifyRequest) {
    const subscription = await this.subscriptions.find(webhookId, principalOf(request).id);
    const { recent, failing } = await this.deliverer.progressOf(subscription);
    return {
      items: recent.toReversed(),
      failing:
        failing === undefined
          ? null
          : {
              eventId: failing.eventId,
              since: new Date(failing.since).toISOString(),
              attempts: failing.attempts,
              nextAt: new Date(failing.nextAt).toISOString(),
              outcome: failing.why,
            },
    };
  }

  @Post(':id/deliveries/:eventId/redeliver')
  @HttpCode(200)
  @Operation('redeliver')
  async redeliver(
    @Param('id') webhookId: string,
    @Param('eventId') eventId: string,
    @Req() request: FastifyRequest,
  ) {
    const principal = principalOf(request);
    const subscription = await this.subscriptions.find(webhookId, principal.id);
    const attempted =
      subscription.state === 'ended'
        ? undefined
        : await this.deliverer.again(subscription, eventId, principal);
    if (attempted === undefined) {
      const detail = `The webhook delivers no event ${eventId.slice(0, 64)}.`;
      throw new Problem(platformProblems.NOT_FOUND, { detail });
    }
    return { eventId, taken: isTaken(attempted), outcome: saidOf(attempted) };
  }

  /** Looked at again at each attempt; here only so that whoever errs is told at once. */
  async #refuseAddress(url: string, whose: string): Promise<void> {
    const fault = (detail: string) =>
      problemAt(platformProblems.VALIDATION_FAILED, ['url'], detail, `url: ${detail}.`);
    if (!URL.canParse(url)) throw fault('is no address');
    const { username, password } = new URL(url);
    if (username !== '' || password !== '') throw fault('must not hold a name or a password');
    try {
      await this.networks.addressOf(new URL(url), { whose, signal: AbortSignal.timeout(answerMs) });
    } catch (error) {
      if (error instanceof AddressRefused) throw fault(`is not called: ${error.message}`);
      throw fault('names a host that has no address, or whose address nobody tells');
    }
  }

  /** The last event up to that moment, by its id, which a restored record still knows. */
  async #eventAt(record: RecordRead, after: string | undefined): Promise<string | null> {
    const { record: reader } = record.projections;
    if (after === undefined) return reader.byOrdinal(reader.headOrdinal)?.event.id ?? null;
    // What another server has read further is waited for: what comes up to there was not asked for.
    const ended = AbortSignal.timeout(placeMs);
    const place = inBody('after', () => placeOf(record, after, 'after'));
    const ordinal = await reachedPlace(record, place, placeMs, ended);
    if (ordinal === undefined) throw lagging(unreached);
    return reader.byOrdinal(ordinal)?.event.id ?? null;
  }
}
