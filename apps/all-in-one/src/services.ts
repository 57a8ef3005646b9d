import { assessment } from '@shuzheng/assessment';
import { certification } from '@shuzheng/certification';
import { enrollment } from '@shuzheng/enrollment';
import { identity } from '@shuzheng/identity';
import { institutions } from '@shuzheng/institutions';
import { oversight } from '@shuzheng/oversight';
import type { Service } from '@shuzheng/platform';
import { verification } from '@shuzheng/verification';

/** Every service of the registry. */
export const allServices: readonly Service[] = [
  identity,
  institutions,
  enrollment,
  assessment,
  certification,
  verification,
  oversight,
];
