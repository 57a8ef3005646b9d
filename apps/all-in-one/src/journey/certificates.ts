import { packageTemplate, readWorkbook, replyTemplate, writeWorkbook } from '@shuzheng/workbooks';
import { until } from './client.js';
import type { Step, World } from './world.js';

const OFFICER = 'demo-hr-officer';
const APPROVER = 'demo-hr-approver';
const ISSUER = 'demo-ei-approver';
const RETURNED = 2;

interface Batch {
  readonly id: string;
  readonly sessionId: string;
}
interface Row {
  readonly id: string;
}
interface Certificate {
  readonly id: string;
  readonly registryNumber: string;
}
export interface Check {
  readonly outcome: string;
}

const certificates = async (world: World) =>
  (
    await world.as(ISSUER).get<{ items: Certificate[] }>('certification/certificates', {
      batchId: world.recall('batch'),
      sort: 'registryNumber',
      limit: '200',
    })
  ).items;

const checkCode = (world: World, id: string) =>
  world
    .as(ISSUER)
    .get<{ registryNumber: string; checkCode: string; verifyUrl: string }>(
      `certification/certificates/${id}/check-code`,
    );

/** A stranger asks about a certificate, without an account. */
const verify = (world: World, number: string, code: string) =>
  world.stranger.get<Check>(`verification/certificates/${number}`, { code });

const saysSoon = (world: World, number: string, code: string, outcome: string) =>
  until(
    () => verify(world, number, code),
    (answer) => answer.outcome === outcome,
    `verification says ${outcome}`,
    5000,
  );

/** 确认、审核、颁发: from the department's desk to a stranger's check. */
export const certification: readonly Step[] = [
  {
    title: '省厅经办人逐行提出意见，审批人确认 23 人、退回 2 人',
    async run(world) {
      await world.moveClocks(world.daysBack(64));
      const session = world.recall('session');
      const { items } = await until(
        () => world.as(OFFICER).get<{ items: Batch[] }>('certification/batches', { sessionId: session }),
        ({ items }) => items.length === 1,
        'the batch is with the department',
      );
      const batch = items[0]?.id ?? '';
      world.remember({ batch });
      const path = `certification/batches/${batch}`;
      const rows = (await world.as(OFFICER).get<{ items: Row[] }>(`${path}/rows`, { limit: '200' })).items;
      const except = rows.slice(-RETURNED).map(({ id }) => ({ rowId: id, reasons: ['identity-doubtful'] }));
      await world.as(OFFICER).post(`${path}/proposals`, { all: 'confirm', except }, { key: world.key() });
      const decided = await world
        .as(APPROVER)
        .post<{ confirmed: number; returned: number }>(`${path}/decisions`, { asProposed: true }, { key: world.key() });
      return `确认 ${decided.confirmed}，退回 ${decided.returned}`;
    },
  },
  {
    title: '数据包上报国家办公室',
    async run(world) {
      await world.moveClocks(world.daysBack(62));
      const path = `certification/batches/${world.recall('batch')}/packages`;
      const sent = await world
        .as(OFFICER)
        .post<{ packageId: string; rows: number; sha256: string }>(path, {}, { key: world.key() });
      world.remember({ package: sent.packageId });
      return `${sent.rows} 行，SHA-256 ${sent.sha256.slice(0, 12)}…`;
    },
  },
  {
    title: '登记国家审核回复与审核通过日期',
    async run(world) {
      await world.moveClocks(world.daysBack(44));
      const path = `certification/packages/${world.recall('package')}`;
      const { rows } = await readWorkbook(await world.as(OFFICER).download(`${path}/file`), packageTemplate);
      const approvedOn = world.daysBack(45);
      const lines = rows.map(({ cells }) => ({
        registryRow: cells['registryRow'] ?? '',
        decision: '通过',
        approvedOn,
        opinion: '',
      }));
      const reply = await world
        .as('demo-hr-recorder')
        .post<{ approved: number }>(`${path}/replies`, await writeWorkbook(replyTemplate, lines), {
          key: world.key(),
          query: { approvedOn, receivedOn: world.daysBack(44) },
        });
      return `审核通过 ${reply.approved} 行，${approvedOn}`;
    },
  },
  {
    title: '评价机构颁发证书',
    async run(world) {
      await world.moveClocks(world.daysBack(30));
      const { runId } = await world
        .as(ISSUER)
        .post<{ runId: string }>(`certification/batches/${world.recall('batch')}/issue`, {}, { key: world.key() });
      const run = await until(
        () => world.as(ISSUER).get<{ allocated: number; issued: number }>(`certification/issue-runs/${runId}`),
        ({ allocated, issued }) => issued === allocated,
        'all certificates are issued',
      );
      return `${run.issued} 份`;
    },
  },
  {
    title: '陌生人凭登记号与校验码验证',
    async run(world) {
      const [first, second, third] = await certificates(world);
      if (!first || !second || !third) throw new Error('fewer than three certificates');
      const { registryNumber, checkCode: code, verifyUrl } = await checkCode(world, first.id);
      await saysSoon(world, registryNumber, code, 'valid');
      world.remember({ valid: first.id, corrected: second.id, revoked: third.id, number: registryNumber, verifyUrl });
      return `${registryNumber} 有效`;
    },
  },
  {
    title: '更正一份：同一登记号的新版本',
    async run(world) {
      await world.moveClocks(world.daysBack(10));
      const id = world.recall('corrected');
      const { correctionId } = await world
        .as(OFFICER)
        .post<{ correctionId: string }>(
          `certification/certificates/${id}/corrections`,
          { kind: 'typo', changes: { holderName: '上官更正演' }, reason: '姓名录入有误，经本人申请并核对证件' },
          { key: world.key() },
        );
      await world.as(APPROVER).post(`certification/corrections/${correctionId}/approve`, {}, { key: world.key() });
      const { registryNumber, checkCode: code } = await checkCode(world, id);
      await saysSoon(world, registryNumber, code, 'corrected');
      return `${registryNumber} 已更正`;
    },
  },
  {
    title: '撤销一份：验证随即如实回答',
    async run(world) {
      await world.moveClocks(world.daysBack(5));
      const id = world.recall('revoked');
      const { revocationId } = await world
        .as(OFFICER)
        .post<{ revocationId: string }>(
          `certification/certificates/${id}/revocations`,
          { reason: 'false-commitment', basis: '演示：核查发现不实承诺' },
          { key: world.key() },
        );
      await world.as(APPROVER).post(`certification/revocations/${revocationId}/approve`, {}, { key: world.key() });
      const { registryNumber, checkCode: code } = await checkCode(world, id);
      await saysSoon(world, registryNumber, code, 'revoked');
      return `${registryNumber} 已撤销`;
    },
  },
  {
    title: '四个时限与全程人数',
    async run(world) {
      await world.moveClocksToNow();
      const clocks = await until(
        () =>
          world
            .as(OFFICER)
            .get<{ items: { kind: string; state: string; name: string; label: string; effectiveDue: string }[] }>(
              'oversight/clocks',
              {
                limit: '50',
              },
            ),
        ({ items }) => items.length >= 4 && items.every(({ state }) => state !== 'running'),
        'all four clocks have stopped',
      );
      const chain = await world.as(OFFICER).get<Record<string, number>>('oversight/chain');
      const dates = clocks.items.map(({ name, label, effectiveDue }) => `${name} 截止 ${effectiveDue}（${label}）`);
      const { filed, completed, entered, passed, confirmed, issued } = chain;
      return `${dates.join('，')}；入班 ${filed} → 结业 ${completed} → 参评 ${entered} → 合格 ${passed} → 确认 ${confirmed} → 颁发 ${issued}`;
    },
  },
];
