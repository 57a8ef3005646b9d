import { Module } from '@nestjs/common';
import { ChangeEntryDatesHandler } from './commands/change-entry-dates.js';
import { ChangeOccupationHandler } from './commands/change-occupation.js';
import { ChangeOrganisationHandler } from './commands/change-organisation.js';
import { ChangeStandingHandler } from './commands/change-standing.js';
import { DecideRuleDraftHandler } from './commands/decide-rule-draft.js';
import { DraftRuleHandler } from './commands/draft-rule.js';
import { RecordDirectoryBatchHandler } from './commands/record-directory-batch.js';
import { RecordOccupationHandler } from './commands/record-occupation.js';
import { ReplaceRuleHandler } from './commands/replace-rule.js';
import { ResumeDirectoryEntryHandler } from './commands/resume-directory-entry.js';
import { WithdrawRuleHandler } from './commands/withdraw-rule.js';
import { DirectoryReader } from './data/directory-reader.js';
import { CoverageController } from './http/coverage.controller.js';
import { DirectoryBatchesController } from './http/directory-batches.controller.js';
import { RuleDraftsController } from './http/rule-drafts.controller.js';
import { FindCoverageHandler } from './queries/find-coverage.js';
import { ListDirectoryBatchesHandler } from './queries/list-directory-batches.js';
import { ListRuleDraftsHandler } from './queries/list-rule-drafts.js';
import { ListUnverifiedHandler } from './queries/list-unverified.js';
import { ChangeExamSiteHandler } from './commands/change-exam-site.js';
import { ChangeStaffHandler } from './commands/change-staff.js';
import { CloseExamSiteHandler } from './commands/close-exam-site.js';
import { EndCityEntryHandler } from './commands/end-city-entry.js';
import { EndStaffHandler } from './commands/end-staff.js';
import { RecordCityEntryHandler } from './commands/record-city-entry.js';
import { RecordExamSiteHandler } from './commands/record-exam-site.js';
import { RecordStaffHandler } from './commands/record-staff.js';
import { CityEntriesController } from './http/city-entries.controller.js';
import { ExamSitesController } from './http/exam-sites.controller.js';
import { StaffController } from './http/staff.controller.js';
import { ListCityEntriesHandler } from './queries/list-city-entries.js';
import { ListExamSitesHandler } from './queries/list-exam-sites.js';
import { FindStaffHandler, ListStaffHandler } from './queries/list-staff.js';
import { RecordDirectoryEntryHandler } from './commands/record-directory-entry.js';
import { RecordRuleHandler } from './commands/record-rule.js';
import { RegisterOrganisationHandler } from './commands/register-organisation.js';
import { SuspendDirectoryEntryHandler } from './commands/suspend-directory-entry.js';
import { DirectoryController } from './http/directory.controller.js';
import { OrganisationsController } from './http/organisations.controller.js';
import { FixedRecordsController } from './http/fixed-records.controller.js';
import { RulesController } from './http/rules.controller.js';
import { FindCoverHandler } from './queries/find-cover.js';
import { FindOrganisationHandler, FindOrganisationHistoryHandler } from './queries/find-organisation.js';
import { FindEntryHistoryHandler, ListDirectoryEntriesHandler } from './queries/list-directory-entries.js';
import {
  FindOccupationHandler,
  FindOccupationHistoryHandler,
  ListOccupationsHandler,
} from './queries/list-occupations.js';
import { ListOrganisationsHandler } from './queries/list-organisations.js';
import { FindRuleHandler, ListRulesHandler } from './queries/list-rules.js';
import { ListStandardsHandler } from './queries/list-standards.js';
import { LoadReferenceData } from './reactions/load-reference-data.js';

@Module({
  controllers: [
    OrganisationsController,
    DirectoryController,
    DirectoryBatchesController,
    CoverageController,
    RulesController,
    RuleDraftsController,
    CityEntriesController,
    ExamSitesController,
    StaffController,
    FixedRecordsController,
  ],
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
    DirectoryReader,
    RecordCityEntryHandler,
    EndCityEntryHandler,
    RecordExamSiteHandler,
    ChangeExamSiteHandler,
    CloseExamSiteHandler,
    RecordStaffHandler,
    ChangeStaffHandler,
    EndStaffHandler,
    ListCityEntriesHandler,
    ListExamSitesHandler,
    ListStaffHandler,
    FindStaffHandler,
    ChangeOrganisationHandler,
    ChangeStandingHandler,
    ChangeEntryDatesHandler,
    ResumeDirectoryEntryHandler,
    RecordDirectoryBatchHandler,
    ReplaceRuleHandler,
    WithdrawRuleHandler,
    DraftRuleHandler,
    DecideRuleDraftHandler,
    RecordOccupationHandler,
    ChangeOccupationHandler,
    FindOrganisationHistoryHandler,
    FindEntryHistoryHandler,
    FindOccupationHistoryHandler,
    FindRuleHandler,
    FindCoverageHandler,
    ListDirectoryBatchesHandler,
    ListRuleDraftsHandler,
    ListUnverifiedHandler,
  ],
})
export class InstitutionsModule {}
