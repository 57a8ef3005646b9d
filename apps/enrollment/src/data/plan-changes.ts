import { Code, List, OneOf, Text, Texts } from '@shuzheng/contracts';
import { planSections, sectionCodes } from '../domain/plan-sections.js';

/** One field that differs between two versions of a plan. */
export class PlanChange {
  @OneOf(sectionCodes) readonly section!: string;
  @Code() readonly field!: string;
  @Text(1, 40) readonly title!: string;
  @Text(0, 500, { nullable: true }) readonly before!: string | null;
  @Text(0, 500, { nullable: true }) readonly after!: string | null;
}

/** A section a recipient sent back, with its words. */
export class ReturnedSection {
  @OneOf(sectionCodes) readonly section!: string;
  @Text(1, 500) readonly feedback!: string;
}

export class FilingSection {
  @OneOf(sectionCodes) readonly code!: string;
  @Text(1, 60) readonly title!: string;
  @Texts(10, { description: '培训计划中属于此部分的字段' }) readonly training!: string[];
  @Texts(10, { description: '考核计划中属于此部分的字段' }) readonly exam!: string[];
}

export class FilingSections {
  @List(() => FilingSection, 1, 20) readonly sections!: FilingSection[];
}

/** The documented sections, by which filings are returned. */
export const filingSections = (): FilingSection[] =>
  sectionCodes.map((code) => ({
    code,
    title: planSections[code].title,
    training: [...planSections[code].training],
    exam: [...planSections[code].exam],
  }));
