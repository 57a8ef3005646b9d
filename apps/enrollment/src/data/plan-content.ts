import { Code, Day, Int, Nested, Prose, Subject, Text, Uuid } from '@shuzheng/contracts';

/** 培训计划（方案）: what the institution plans. */
export class TrainingPlanContent {
  @Nested(() => Subject) readonly subject!: Subject;
  @Int(1, 10000) readonly plannedSeats!: number;
  @Day() readonly startsOn!: string;
  @Day() readonly endsOn!: string;
  @Code({ description: '培训地点所在设区的市的行政区划代码' }) readonly venueCityCode!: string;
  @Prose(2, 200) readonly venueAddress!: string;
  @Prose(1, 200, { description: '培训教程' }) readonly courseBook!: string;
  @Prose(1, 100, { description: '培训大纲版次' }) readonly outlineEdition!: string;
  @Int(1, 1000, { optional: true, description: '师资人数' }) readonly teachers?: number;
  @Prose(1, 500, { optional: true, description: '收费标准' }) readonly fee?: string;
}

/** 考核计划（方案）: what the institution settles with the evaluation institution. */
export class ExamPlanContent {
  @Uuid() readonly trainingPlanId!: string;
  @Uuid() readonly evaluationOrganisationId!: string;
  @Day() readonly examFrom!: string;
  @Day() readonly examTo!: string;
  @Prose(2, 200) readonly site!: string;
  @Int(1, 10000) readonly plannedSeats!: number;
  @Text(1, 100, { optional: true, description: '联系人，加密保存' }) readonly contact?: string;
}

export class PlanReceipt {
  @Uuid() readonly planId!: string;
  @Int(1, 1000) readonly version!: number;
}

/** Which version is meant, where the caller wants to be sure. */
export class WhichVersion {
  @Int(1, 1000, { optional: true, description: '所审阅的版本；与当前版本不同时拒绝' }) readonly version?: number;
}
