import { Module } from '@nestjs/common';
import { RegisterOrganisationHandler } from './commands/register-organisation.js';
import { OrganisationsController } from './http/organisations.controller.js';
import { ListOrganisationsHandler } from './queries/list-organisations.js';

@Module({
  controllers: [OrganisationsController],
  providers: [RegisterOrganisationHandler, ListOrganisationsHandler],
})
export class InstitutionsModule {}
