import { Code, Day, Text } from '@shuzheng/contracts';

/** Where a thing is, who must act, and until when: a role, or whoever else it waits for. */
export class StatusView {
  @Code() readonly state!: string;
  @Text(1, 40) readonly title!: string;
  @Code({ nullable: true, description: '等待谁处理' }) readonly waitsFor!: string | null;
  @Day({ nullable: true, description: '到期日；没有期限的为空' }) readonly dueOn!: string | null;
}
