import { Module } from '@nestjs/common';
import { DescriptionController } from './description.controller.js';

/** The interface described, and the guides. */
@Module({ controllers: [DescriptionController] })
export class DescriptionModule {}
