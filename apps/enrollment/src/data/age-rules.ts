import type { Subject } from '@shuzheng/contracts';
import { RuleRecords } from '@shuzheng/platform';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type AgeRule, birthDateOf, isYoungerThan } from '../domain/ages.js';
import type { Learner, LearnerFault } from '../domain/checking-rows.js';

/** No document sets an age; the office may, for an occupation or for all: a rule record `minimum-age` { years }. */
@Injectable()
export class AgeRules {
  constructor(private readonly rules: RuleRecords) {}

  /** Judged on the first day of the class, where the document tells the birth date. */
  async faultsOf(
    tx: EntityManager,
    { subject, startsOn }: { readonly subject: Subject; readonly startsOn: string },
    learners: readonly Learner[],
  ): Promise<LearnerFault[]> {
    const { occupationCode, edition, level } = subject;
    const ask = { rule: 'minimum-age', edition, level, day: startsOn };
    const record =
      (await this.rules.find<AgeRule>(tx, { ...ask, scope: occupationCode })) ??
      (await this.rules.find<AgeRule>(tx, { ...ask, scope: 'programme' }));
    const years = record?.value?.years;
    if (years === undefined) return [];
    return learners.flatMap(({ index, documentKind, documentNumber }): LearnerFault[] => {
      const birthDate = birthDateOf(documentKind, documentNumber);
      const young = birthDate !== undefined && isYoungerThan(years, birthDate, startsOn);
      return young ? [{ index, field: 'documentNumber', rule: 'minimum-age' }] : [];
    });
  }
}
