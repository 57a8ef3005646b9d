import type { Contract } from './contract.js';
import * as assessment from './events/assessment.js';
import * as certification from './events/certification.js';
import * as enrollment from './events/enrollment.js';
import * as identity from './events/identity.js';
import * as institutions from './events/institutions.js';
import * as oversight from './events/oversight.js';
import * as plans from './events/plans.js';

const isContract = (value: unknown): value is Contract =>
  typeof value === 'function' && 'type' in value && 'aggregate' in value;

/** Every event that any service announces. */
export const catalog: readonly Contract[] = [
  identity,
  institutions,
  plans,
  enrollment,
  assessment,
  certification,
  oversight,
]
  .flatMap((events) => Object.values<unknown>(events))
  .filter(isContract);

/** The service that announces an event: the first word of its type. */
export const producerOf = ({ type }: { readonly type: string }) => type.slice(0, type.indexOf('.'));
