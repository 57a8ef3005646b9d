import { canonicalDigest } from '@shuzheng/platform';
import type { Figures } from './figures.js';

export interface ReportContent {
  readonly classId: string;
  readonly organisationId: string;
  readonly completedOn: string | null;
  readonly figures: Figures;
  readonly remarks: string | null;
}

/** The digest of what is reported: it stands on the receipt. */
export const digestOfReport = (content: ReportContent) => canonicalDigest([content]);
