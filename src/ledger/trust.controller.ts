import { Controller, Get, Param } from '@nestjs/common';
import { Operation } from '../platform/access/operation.js';
import { LogStandings } from '../platform/record/log-standings.js';
import { Logs } from './logs.js';
import { namedLog } from './named-log.js';

/** An auditor's question, how far is this trusted and by whom, for programs. */
@Controller('v1/dialogues/:id/ledger')
export class TrustController {
  constructor(
    private readonly logs: Logs,
    private readonly standings: LogStandings,
  ) {}

  @Get('trust')
  @Operation('getLedgerTrust')
  async trust(@Param('id') id: string) {
    return this.standings.trustIn(namedLog(this.logs, id));
  }
}
