import type { Confidence } from '@shuzheng/regulation';

/** How a record shows: as known, or as still to be verified. */
export const statuses = ['known', '待核实'] as const;
export type Status = (typeof statuses)[number];

/** What counts as known: read in the rule, read in a secondary text, or computed. */
export const knownConfidences: readonly string[] = ['T', 'T2', 'C'] satisfies Confidence[];

/** What is merely recalled or was not found. It must never carry a value. */
export const emptyConfidences: readonly string[] = ['R', 'G'] satisfies Confidence[];

/** Known is what has a value that somebody has read; our own reading (I) waits to be confirmed. */
export const statusOf = (value: unknown, confidence: string): Status =>
  value !== null && knownConfidences.includes(confidence) ? 'known' : '待核实';
