import { Texts } from '@shuzheng/contracts';

/** What a filing was judged by: it goes on naming them whatever becomes of them later. */
export class JudgedBy {
  @Texts(10, { description: '核对时依据的目录条目' }) readonly entryIds!: string[];
  @Texts(10, { description: '核对时依据的规则记录' }) readonly ruleIds!: string[];
  @Texts(10, { description: '待核实的事项' }) readonly unverified!: string[];
}

export const judgedBy = (filing: string) => `case when ${filing}.id is not null then
  json_build_object('entryIds', ${filing}.entry_ids, 'ruleIds', ${filing}.rule_ids, 'unverified', ${filing}.unverified) end`;
