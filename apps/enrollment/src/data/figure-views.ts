import { Decimal, Int } from '@shuzheng/contracts';

export class ClassFigures {
  @Int(0, 500) readonly enrolled!: number;
  @Int(0, 500) readonly withdrawn!: number;
  @Int(0, 500) readonly completed!: number;
  @Int(0, 500) readonly passed!: number;
  @Int(0, 500) readonly certificates!: number;
  @Int(0, 10000) readonly lessons!: number;
  @Decimal(0, 100000) readonly hours!: number;
  @Decimal(0, 100000) readonly hoursOnline!: number;
  @Decimal(0, 100000) readonly hoursPractice!: number;
  @Decimal(0, 100, { nullable: true, description: '出勤率' }) readonly attendancePercent!: number | null;
}
