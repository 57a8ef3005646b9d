import { Module } from '@nestjs/common';
import { RecordDirectoryEntryHandler } from './commands/record-directory-entry.js';
import { RecordRuleHandler } from './commands/record-rule.js';
import { RegisterOrganisationHandler } from './commands/register-organisation.js';
import { SuspendDirectoryEntryHandler } from './commands/suspend-directory-entry.js';
import { DirectoryController } from './http/directory.controller.js';
import { OrganisationsController } from './http/organisations.controller.js';
import { RulesController } from './http/rules.controller.js';
import { FindCoverHandler } from './queries/find-cover.js';
import { FindOrganisationHandler } from './queries/find-organisation.js';
import { ListDirectoryEntriesHandler } from './queries/list-directory-entries.js';
import { FindOccupationHandler, ListOccupationsHandler } from './queries/list-occupations.js';
import { ListOrganisationsHandler } from './queries/list-organisations.js';
import { ListRulesHandler } from './queries/list-rules.js';
import { ListStandardsHandler } from './queries/list-standards.js';
import { LoadReferenceData } from './reactions/load-reference-data.js';

@Module({
  controllers: [OrganisationsController, DirectoryController, RulesController],
  providers: [
    RegisterOrganisationHandler,
    RecordDirectoryEntryHandler,
    SuspendDirectoryEntryHandler,
    RecordRuleHandler,
    ListOrganisationsHandler,
    FindOrganisationHandler,
    ListDirectoryEntriesHandler,
    FindCoverHandler,
    ListOccupationsHandler,
    FindOccupationHandler,
    ListStandardsHandler,
    ListRulesHandler,
    LoadReferenceData,
  ],
})
export class InstitutionsModule {}
