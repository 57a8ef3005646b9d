import { Code, Day, Int, Json, List, OneOf, Text, Texts, Uuid } from '../fields.js';
import { confidences, directoryRoles, levels, organisationRoles, organisationStatuses, staffKinds } from '../words.js';

/** An organisation is known to the registry, or what is known of it changed. */
export class OrganisationRegistered {
  static readonly type = 'institutions.organisation-registered.v1';
  static readonly aggregate = 'organisationId';

  @Uuid() readonly organisationId!: string;
  @Text(1, 200) readonly name!: string;
  @Code({ nullable: true }) readonly creditCode!: string | null;
  @Code() readonly cityCode!: string;
  @OneOf(organisationRoles) readonly role!: string;
}

/** One dated row of the ministry's directory, as recorded here. Direction and levels are null where the row does not name them. */
export class DirectoryEntryRecorded {
  static readonly type = 'institutions.directory-entry-recorded.v1';
  static readonly aggregate = 'organisationId';

  @Uuid() readonly entryId!: string;
  @Uuid() readonly organisationId!: string;
  @OneOf(directoryRoles) readonly role!: string;
  @Code() readonly occupationCode!: string;
  @Text(1, 100, { nullable: true }) readonly direction!: string | null;
  @Texts(3, { nullable: true }) readonly levels!: string[] | null;
  @Day() readonly from!: string;
  @Day({ nullable: true }) readonly to!: string | null;
  @Text(1, 100) readonly batch!: string;
}

/** The province stops an entry from a day on: its own measure, with its basis. What began before may finish. */
export class DirectoryEntrySuspended {
  static readonly type = 'institutions.directory-entry-suspended.v1';
  static readonly aggregate = 'organisationId';

  @Uuid() readonly entryId!: string;
  @Uuid() readonly organisationId!: string;
  @Day() readonly from!: string;
  @Text(1, 500) readonly basis!: string;
}

/** An occupation of the scheme, with the codes as known. */
export class OccupationRecorded {
  static readonly type = 'institutions.occupation-recorded.v1';
  static readonly aggregate = 'occupationCode';

  @Code() readonly occupationCode!: string;
  @Code({ nullable: true, description: 'the code of the 2021 standard' }) readonly formerCode!: string | null;
  @Text(1, 100) readonly name!: string;
  @OneOf(confidences) readonly confidence!: string;
  @Text(1, 300) readonly source!: string;
}

/** A dated rule with its source. A null value is unknown: it shows as 待核实 and passes nothing silently. */
export class RuleRecorded {
  static readonly type = 'institutions.rule-recorded.v1';
  static readonly aggregate = 'scope';

  @Uuid() readonly ruleId!: string;
  @Code({ description: 'such as pass-marks, conditions, directions, hours' }) readonly rule!: string;
  @Code({ description: '`programme`, or the occupation code the standard is for' }) readonly scope!: string;
  @Text(1, 60, { nullable: true }) readonly edition!: string | null;
  @OneOf(levels, { nullable: true }) readonly level!: string | null;
  @Json({ nullable: true }) readonly value!: object | null;
  @Day() readonly from!: string;
  @Day({ nullable: true }) readonly to!: string | null;
  @Text(1, 200) readonly document!: string;
  @Text(1, 200) readonly article!: string;
  @OneOf(confidences) readonly confidence!: string;
}

/** The province suspends an organisation, lets it go on, or it ends; each with its basis. What began before may finish. */
export class OrganisationStatusChanged {
  static readonly type = 'institutions.organisation-status-changed.v1';
  static readonly aggregate = 'organisationId';

  @Uuid() readonly organisationId!: string;
  @OneOf(organisationStatuses) readonly status!: string;
  @Day() readonly from!: string;
  @Text(1, 500) readonly basis!: string;
}

/** A suspended entry counts again from a day on. */
export class DirectoryEntryResumed {
  static readonly type = 'institutions.directory-entry-resumed.v1';
  static readonly aggregate = 'organisationId';

  @Uuid() readonly entryId!: string;
  @Uuid() readonly organisationId!: string;
  @Day() readonly from!: string;
  @Text(1, 500) readonly basis!: string;
}

/** A rule no longer holds from that day on; what was judged by it before keeps naming it. */
export class RuleWithdrawn {
  static readonly type = 'institutions.rule-withdrawn.v1';
  static readonly aggregate = 'scope';

  @Uuid() readonly ruleId!: string;
  @Code() readonly scope!: string;
  @Day() readonly withdrawnOn!: string;
  @Text(1, 500) readonly reason!: string;
}

/** 考点: where exams are held, and how many can sit there at once. */
export class ExamSiteRecorded {
  static readonly type = 'institutions.exam-site-recorded.v1';
  static readonly aggregate = 'organisationId';

  @Uuid() readonly siteId!: string;
  @Uuid() readonly organisationId!: string;
  @Code() readonly cityCode!: string;
  @Text(1, 100) readonly name!: string;
  @Text(1, 200) readonly address!: string;
  @Int(1, 10000) readonly seats!: number;
  @Day() readonly from!: string;
  @Day({ nullable: true }) readonly to!: string | null;
}

/** What a teacher or an examiner is qualified for. */
export class Qualification {
  @Code() readonly occupationCode!: string;
  @OneOf(levels, { nullable: true, description: 'null: every level' }) readonly level!: string | null;
}

/** 师资 and 考评人员 of an organisation: the full name stays in institutions. */
export class StaffRecorded {
  static readonly type = 'institutions.staff-recorded.v1';
  static readonly aggregate = 'organisationId';

  @Uuid() readonly staffId!: string;
  @Uuid() readonly organisationId!: string;
  @OneOf(staffKinds) readonly kind!: string;
  @Text(1, 60) readonly maskedName!: string;
  @List(() => Qualification, 0, 50) readonly qualifications!: Qualification[];
  @Day() readonly from!: string;
  @Day({ nullable: true }) readonly to!: string | null;
}
