import { Code, Day, Flag, Instant, Int, Json, Text, Uuid } from '@shuzheng/contracts';

export class TrainingReportView {
  @Uuid() readonly id!: string;
  @Uuid() readonly classId!: string;
  @Text(1, 100) readonly className!: string;
  @Uuid() readonly organisationId!: string;
  @Text(1, 200, { nullable: true }) readonly organisationName!: string | null;
  @Code() readonly cityCode!: string;
  @Json({ description: '系统汇总的人数、学时、出勤' }) readonly figures!: object;
  @Day() readonly completedOn!: string;
  @Day() readonly dueOn!: string;
  @Day() readonly effectiveDueOn!: string;
  @Flag() readonly provisional!: boolean;
  @Flag({ description: '截止日经省厅批准延期' }) readonly extended!: boolean;
  @Flag() readonly onTime!: boolean;
  @Int(1, 1000) readonly version!: number;
  @Text(1, 30) readonly receiptNumber!: string;
  @Day() readonly filedOn!: string;
  @Instant() readonly filedAt!: string;
}

export const trainingReports = {
  columns: {
    id: 'report.id',
    classId: 'report.class_id',
    className: 'class.name',
    organisationId: 'report.organisation_id',
    organisationName: 'organisation.name',
    cityCode: 'report.city_code',
    figures: 'report.figures',
    completedOn: 'report.completed_on',
    dueOn: 'report.due_on',
    effectiveDueOn: 'report.effective_due_on',
    provisional: 'report.provisional',
    extended: 'report.extended',
    onTime: 'report.on_time',
    version: 'report.version',
    receiptNumber: 'report.receipt_number',
    filedOn: 'report.filed_on',
    filedAt: 'report.filed_at',
  },
  from: `training_report as report join training_class as class on class.id = report.class_id
    left join known_organisation as organisation on organisation.id = report.organisation_id`,
};
