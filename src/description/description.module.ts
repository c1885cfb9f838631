import { Module } from '@nestjs/common';
import { DescriptionController } from './description.controller.js';
import { EventTypesController } from './event-types.controller.js';

/** The interface described, and the guides. */
@Module({ controllers: [DescriptionController, EventTypesController] })
export class DescriptionModule {}
