import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Flag, Int, List, Prose, Text, Uuid } from '@shuzheng/contracts';
import { Audit, Database } from '@shuzheng/platform';
import { documentKinds } from '@shuzheng/regulation';
import { Enroller } from '../data/enroller.js';
import { fromList, RowWarning } from '../data/row-faults.js';
import { categories, choiceOf, educations } from '../domain/words.js';

/** One learner. What is wrong with a value is told as a fault of the row, not of the request. */
export class LearnerInput {
  @Text(1, 60, { optional: true, description: '调用方自己的编号' }) readonly reference?: string;
  @Text(0, 100) readonly name!: string;
  @Text(0, 40, { description: `证件类型，代码或名称：${choiceOf(documentKinds)}` }) readonly documentKind!: string;
  @Text(0, 40) readonly documentNumber!: string;
  @Text(0, 40) readonly phone!: string;
  @Text(0, 40, { description: `文化程度，代码或名称：${choiceOf(educations)}` }) readonly education!: string;
  @Text(0, 100, { description: '工作单位/学校' }) readonly employer!: string;
  @Text(0, 40, { description: `人员类别，代码或名称：${choiceOf(categories)}` }) readonly category!: string;
  @Flag({ description: '是否已退休' }) readonly retired!: boolean;
}

export class EnrolledSeat {
  @Text(1, 60, { nullable: true }) readonly reference!: string | null;
  @Uuid() readonly enrolmentId!: string;
}

export class EnrolmentReceipt {
  @Int(1, 500) readonly enrolled!: number;
  @List(() => EnrolledSeat, 1, 500) readonly ids!: EnrolledSeat[];
  @List(() => RowWarning, 0, 500, { description: '提示，不影响录入' }) readonly warnings!: RowWarning[];
}

export class LearnersInput {
  @List(() => LearnerInput, 1, 500) readonly learners!: LearnerInput[];
  @Prose(2, 200, { optional: true, description: '开班后补录的原因' }) readonly lateReason?: string;
}

/** Take learners into a class, through the interface. */
export class EnrollLearners extends Command<EnrolmentReceipt> {
  constructor(
    readonly classId: string,
    readonly learners: readonly LearnerInput[],
    readonly lateReason?: string,
  ) {
    super();
  }
}

@CommandHandler(EnrollLearners)
export class EnrollLearnersHandler implements ICommandHandler<EnrollLearners> {
  constructor(
    private readonly db: Database,
    private readonly audit: Audit,
    private readonly enroller: Enroller,
  ) {}

  execute({ classId, learners, lateReason }: EnrollLearners) {
    return this.db.transaction(async (tx) => {
      const { seats, warnings } = await this.enroller.enroll(tx, classId, fromList(learners.map(rowOf)), {
        lateReason,
      });
      await this.audit.note({ subject: `class:${classId}`, detail: { enrolled: seats.length } });
      return {
        enrolled: seats.length,
        ids: seats.map(({ reference, enrolmentId }) => ({ reference, enrolmentId })),
        warnings,
      };
    });
  }
}

const rowOf = ({ reference = '', retired, ...learner }: LearnerInput) => ({
  ...learner,
  reference,
  retired: retired ? '是' : '否',
});
