/** The words of the programme as they travel: see docs/glossary.md. */
export const levels = ['junior', 'intermediate', 'senior'] as const;
export type Level = (typeof levels)[number];
export const levelNames: Readonly<Record<Level, string>> = { junior: '初级', intermediate: '中级', senior: '高级' };

export const organisationRoles = [
  'training-institution',
  'evaluation-institution',
  'department',
  'city-bureau',
  'operator',
] as const;
export type OrganisationRole = (typeof organisationRoles)[number];

export const directoryRoles = ['training', 'evaluation'] as const;
export type DirectoryRole = (typeof directoryRoles)[number];

/** How sure we are of a record: read in the text, read second-hand, computed, recalled, inferred, unknown. */
export const confidences = ['T', 'T2', 'C', 'R', 'I', 'G'] as const;

export const organisationStatuses = ['active', 'suspended', 'ended'] as const;
export const staffKinds = ['teacher', 'examiner'] as const;
export const clockKinds = ['training-report', 'result-report', 'confirmation', 'issue'] as const;

export const planKinds = ['training', 'exam'] as const;
export const recipients = ['department', 'city-bureau'] as const;

export const services = [
  'identity',
  'institutions',
  'enrollment',
  'assessment',
  'certification',
  'verification',
  'oversight',
] as const;
export type ServiceName = (typeof services)[number];
