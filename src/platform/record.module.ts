import { Inject, Module } from '@nestjs/common';
import type { DynamicModule, InjectionToken, OnApplicationShutdown } from '@nestjs/common';
import { Projections } from '#libs/projections';
import { Credentials } from './access/credentials.js';
import { Keys } from './access/keys.js';
import { SignIns } from './access/sign-ins.js';
import { Recorder } from './commands/recorder.service.js';
import { Appends } from './record/appends.js';
import { Clock } from './record/clock.js';
import { EventRegistry } from './record/event-registry.js';
import { Ids } from './record/ids.js';
import { LogStandings } from './record/log-standings.js';
import { Moments } from './record/moments.js';
import { RecordReads } from './record/reading.js';
import { StoreContact } from './record/store-contact.js';
import { leaseToken, storeToken } from './record/tokens.js';
import { StoredStreams } from './record/stored-streams.js';
import type { OpenRecord } from './record.js';

/** The whole of it, for whoever puts a program together; everything else asks for the part that it uses. */
export const openRecordToken = Symbol('the open record');

const parts: readonly (readonly [InjectionToken, Exclude<keyof OpenRecord, 'close' | 'present'>])[] = [
  [EventRegistry, 'registry'],
  [storeToken, 'store'],
  [StoredStreams, 'streams'],
  [StoreContact, 'contact'],
  [Recorder, 'recorder'],
  [Projections, 'projections'],
  [leaseToken, 'lease'],
  [Credentials, 'credentials'],
  [Keys, 'keys'],
  [SignIns, 'signIns'],
  [Moments, 'moments'],
  [Clock, 'clock'],
  [Appends, 'appends'],
  [LogStandings, 'standings'],
  [Ids, 'ids'],
];

/** The record: opened as the program is put together, and closed once everything above it has ended. */
@Module({})
export class RecordModule implements OnApplicationShutdown {
  constructor(@Inject(openRecordToken) private readonly record: OpenRecord) {}

  /** Everything is about the record, so every module is given its parts. */
  static forRoot(open: () => Promise<OpenRecord>): DynamicModule {
    return {
      module: RecordModule,
      global: true,
      providers: [
        { provide: openRecordToken, useFactory: open },
        ...parts.map(([provide, part]) => ({
          provide,
          useFactory: (record: OpenRecord) => record[part],
          inject: [openRecordToken],
        })),
        RecordReads,
      ],
      exports: [openRecordToken, ...parts.map(([token]) => token), RecordReads],
    };
  }

  onApplicationShutdown(): Promise<void> {
    return this.record.close();
  }
}
