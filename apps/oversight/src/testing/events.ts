import {
  BatchReceived,
  CandidatesQualified,
  CertificateRevoked,
  CertificatesIssued,
  ClassCompleted,
  ClassOpened,
  type Contract,
  ExamPlanDrafted,
  LearnersEnrolled,
  NationalReplyRecorded,
  PackageSent,
  ResultReportFiled,
  ResultsReleased,
  RowsDecided,
  RowsProposed,
  RowsRemoved,
  SessionOpened,
  SessionSat,
  TrainingPlanFiled,
  TrainingReportFiled,
} from '@shuzheng/contracts';
import type { Message } from '@shuzheng/platform';
import type { ServiceUnderTest } from '@shuzheng/platform/testing';
import { randomUUID } from 'node:crypto';

const subject = { occupationCode: '2-02-38-05', edition: '2021年版', level: 'junior', direction: '智能装备与产线应用' };
const sha256 = 'a'.repeat(64);
const index = 'i'.repeat(43);
const at = '2026-01-05T09:00:00.000+08:00';
const many = <T>(n: number, make: () => T) => Array.from({ length: n }, make);

/** One plan's way through the registry, as oversight hears it. Every id belongs to this story alone. */
export class Story {
  readonly planId = randomUUID();
  readonly examPlanId = randomUUID();
  readonly classId = randomUUID();
  readonly sessionId = randomUUID();
  readonly batchId = randomUUID();
  readonly training = randomUUID();
  readonly evaluation = randomUUID();
  /** The people of the story, in their order: who is enrolled first completes first, and so on to the certificate. */
  readonly learners: { enrolmentId: string; personId: string }[] = [];
  readonly candidates: { applicationId: string; personId: string; classId: string }[] = [];
  readonly results: { resultId: string; applicationId: string; personId: string; outcome: string }[] = [];
  readonly rows: { rowId: string; resultId: string; personId: string; decision: string; reasons: string[] }[] = [];
  readonly certificates: { certificateId: string; rowId: string }[] = [];
  /** Everything so far, in order: for telling it again. */
  readonly heard: Message[] = [];

  constructor(
    private readonly service: ServiceUnderTest,
    readonly cityCode = '370100',
  ) {}

  hear<E extends object>(contract: Contract<E>, data: E) {
    return this.deliver(this.service.message(contract, data));
  }

  private async deliver(message: Message) {
    this.heard.push(message);
    await this.service.deliver([message]);
  }

  planned(version = 1) {
    const { planId, training: organisationId, cityCode } = this;
    return this.hear(TrainingPlanFiled, {
      ...{ planId, version, organisationId, cityCode, subject, plannedSeats: 40 },
      ...{ startsOn: '2026-01-05', endsOn: '2026-01-31', filedAt: at },
    });
  }

  examPlanned(version = 1) {
    const { examPlanId: planId, training: organisationId, evaluation: evaluationOrganisationId, cityCode } = this;
    return this.hear(ExamPlanDrafted, {
      ...{
        planId,
        version,
        organisationId,
        cityCode,
        trainingPlanId: this.planId,
        evaluationOrganisationId,
        subject,
      },
      ...{ plannedSeats: 40, examFrom: '2026-02-01', examTo: '2026-12-31', site: '第一考点' },
    });
  }

  async enrolled(n: number) {
    const { classId, planId, training: organisationId, cityCode } = this;
    await this.hear(ClassOpened, {
      ...{
        classId,
        planId,
        organisationId,
        cityCode,
        subject,
        name: '一班',
        startsOn: '2026-01-05',
        endsOn: '2026-01-31',
      },
    });
    const enrolled = many(n, () => ({ enrolmentId: randomUUID(), personId: randomUUID() }));
    this.learners.push(...enrolled);
    const learners = enrolled.map((one) => ({
      ...{ ...one, name: '王芳', documentKind: 'passport' },
      ...{ documentNumber: 'E12345678', numberIndex: index, nameIndex: index, activationDigest: sha256 },
    }));
    await this.hear(LearnersEnrolled, { classId, organisationId, learners });
  }

  completed(completedOn: string, n = 0) {
    const { classId, planId, training: organisationId, cityCode } = this;
    const learners = this.learners.slice(0, n).map((one) => ({ ...one, passed: true, hours: 80 }));
    return this.hear(ClassCompleted, {
      ...{ classId, planId, organisationId, cityCode, subject, completedOn, learners },
    });
  }

  trainingReported(filedOn: string) {
    const { classId, training: organisationId } = this;
    return this.hear(TrainingReportFiled, {
      ...{
        classId,
        organisationId,
        reportId: randomUUID(),
        filedAt: at,
        filedOn,
        enrolled: 0,
        completed: 0,
        passed: 0,
      },
    });
  }

  sessionOpened() {
    return this.deliver(this.sessionOpening());
  }

  sessionOpening() {
    const { sessionId, examPlanId: planId, evaluation: organisationId, cityCode } = this;
    return this.service.message(SessionOpened, {
      ...{ sessionId, planId, organisationId, cityCode, subject, theoryOn: '2026-02-01', abilityOn: '2026-02-02' },
    });
  }

  qualified(n: number) {
    const { sessionId, evaluation: organisationId, classId } = this;
    const from = this.candidates.length;
    const candidates = many(n, () => ({ applicationId: randomUUID(), personId: randomUUID(), classId })).map(
      (candidate, i) => ({ ...candidate, personId: this.learners[from + i]?.personId ?? candidate.personId }),
    );
    this.candidates.push(...candidates);
    return this.hear(CandidatesQualified, { sessionId, organisationId, candidates });
  }

  sat(lastPaperOn: string) {
    const { sessionId, evaluation: organisationId, cityCode } = this;
    return this.hear(SessionSat, { sessionId, organisationId, cityCode, lastPaperOn, candidates: 0 });
  }

  released(outcomes: readonly string[]) {
    const { sessionId, evaluation: organisationId } = this;
    const from = this.results.length;
    const results = outcomes.map((outcome, i) => {
      const { applicationId, personId } = this.candidates[from + i] ?? {
        ...{ applicationId: randomUUID(), personId: randomUUID() },
      };
      return { resultId: randomUUID(), applicationId, personId, outcome };
    });
    this.results.push(...results);
    return this.hear(ResultsReleased, { sessionId, organisationId, releasedAt: at, results });
  }

  /** Reports `of`, or everybody who passed. */
  resultReported(filedOn: string, part = 1, of = this.results.filter(({ outcome }) => outcome === 'passed')) {
    const { sessionId, evaluation: organisationId, cityCode } = this;
    return this.hear(ResultReportFiled, {
      ...{
        reportId: randomUUID(),
        sessionId,
        organisationId,
        organisationName: '海右评价中心',
        cityCode,
        subject,
        part,
      },
      ...{ lastPaperOn: '2026-02-02', filedAt: at, filedOn, sat: 0, passed: 0, more: false },
      rows: of.map(({ resultId, applicationId, personId }) => ({
        ...{ resultId, applicationId, personId, classId: this.classId, name: '王芳', documentKind: 'passport' },
        ...{ documentNumber: 'E12345678', numberIndex: index, nameIndex: index, condition: 1, theory: 80, ability: 80 },
        certificateNumber: null,
      })),
    });
  }

  received(receivedOn: string, part = 1) {
    return this.deliver(this.receiving(receivedOn, part));
  }

  receiving(receivedOn: string, part = 1) {
    const { batchId, sessionId, evaluation: organisationId } = this;
    return this.service.message(BatchReceived, {
      ...{ batchId, part, sessionId, organisationId, subject, receivedOn, receivedAt: at, rows: 1 },
    });
  }

  proposed(proposedOn: string, unproposed = 0, part = 1) {
    const { batchId, sessionId, evaluation: organisationId } = this;
    return this.hear(RowsProposed, { batchId, part, sessionId, organisationId, proposedOn, unproposed });
  }

  /** Decides on the first of `of`, or of those who passed and have no decision yet. */
  decided(decidedOn: string, decisions: readonly string[], undecided = 0, part = 1, of = this.undecided) {
    const { batchId, sessionId, evaluation: organisationId } = this;
    const rows = decisions.map((decision, i) => {
      const result = of[i] ?? { resultId: randomUUID(), personId: randomUUID() };
      const { resultId, personId } = result;
      return { rowId: randomUUID(), resultId, personId, decision, reasons: [] };
    });
    this.rows.push(...rows);
    return this.hear(RowsDecided, { batchId, part, sessionId, organisationId, decidedOn, undecided, rows });
  }

  private get undecided() {
    const decided = new Set(this.rows.map(({ resultId }) => resultId));
    return this.results.filter(({ outcome, resultId }) => outcome === 'passed' && !decided.has(resultId));
  }

  removed(removedOn: string, n: number, undecided: number, part = 1) {
    const { batchId, sessionId, evaluation: organisationId } = this;
    const rows = many(n, () => ({ rowId: randomUUID(), resultId: randomUUID() }));
    return this.hear(RowsRemoved, { batchId, part, sessionId, organisationId, removedOn, undecided, rows });
  }

  packaged(sentOn: string, rows: number) {
    const { batchId, evaluation: organisationId } = this;
    return this.hear(PackageSent, { packageId: randomUUID(), batchId, organisationId, sha256, sentOn, rows });
  }

  approved(approvedOn: string, approved: number) {
    const { batchId, evaluation: organisationId } = this;
    return this.hear(NationalReplyRecorded, {
      ...{ replyId: randomUUID(), batchId, organisationId, approvedOn, receivedOn: approvedOn, approved, returned: 0 },
    });
  }

  issued(approvedOn: string, awardedOn: string, n: number, outstanding = 0) {
    const { batchId, evaluation: organisationId } = this;
    const confirmed = this.rows.filter(({ decision }) => decision === 'confirmed');
    const from = this.certificates.length;
    const issued = many(n, () => randomUUID()).map((certificateId, i) => ({
      ...{ certificateId, rowId: confirmed[from + i]?.rowId ?? randomUUID() },
    }));
    this.certificates.push(...issued);
    const certificates = issued.map((one) => ({
      ...{ ...one, personId: randomUUID(), certificateNumber: null },
      ...{
        registryNumber: '37-2026-0000123-33',
        name: '王芳',
        nameIndex: index,
        maskedName: '王*',
        checkDigest: sha256,
      },
      ...{ statusIndex: 1, snapshotSha256: sha256 },
    }));
    return this.hear(CertificatesIssued, {
      ...{ batchId, organisationId, organisationName: '海右评价中心', subject, occupationName: '智能制造工程技术人员' },
      ...{ examOn: '2026-02-02', approvedOn, awardedOn, outstanding, certificates },
    });
  }

  revoked() {
    const { batchId } = this;
    return this.hear(CertificateRevoked, {
      ...{
        batchId,
        certificateId: this.certificates[0]?.certificateId ?? randomUUID(),
        registryNumber: '37-2026-0000123-33',
        revokedOn: '2026-04-01',
      },
      reason: 'obtained-by-fraud',
    });
  }

  /** What must be known before a session, and then a batch, can be heard of. */
  async begun() {
    await this.planned();
    await this.examPlanned();
    await this.sessionOpened();
    return this;
  }
}
