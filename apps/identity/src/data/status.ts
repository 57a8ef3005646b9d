import { Code, Day, Text } from '@shuzheng/contracts';

/** Where something is, who must act, and until when. */
export class AccessStatus {
  @Code() readonly state!: string;
  @Text(1, 50) readonly title!: string;
  @Code({ nullable: true, description: '等待谁处理' }) readonly waitsFor!: string | null;
  @Day({ nullable: true }) readonly dueOn!: string | null;
}
