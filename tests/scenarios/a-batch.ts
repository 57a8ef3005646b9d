import { packageTemplate, readWorkbook, replyTemplate, writeWorkbook } from '@shuzheng/workbooks';
import { randomUUID } from 'node:crypto';
import { APPROVER, OFFICER, type Scene, until } from './scene.js';

export interface Row {
  readonly id: string;
  readonly registryRow: string;
  readonly resultId: string;
  readonly personId: string;
  readonly part: number;
  readonly state: string;
  readonly certificateId: string | null;
  readonly registryNumber: string | null;
  readonly nationalReturnOpen: boolean;
  readonly resultVoidReason: string | null;
}

export interface Part {
  readonly part: number;
  readonly rows: number;
  readonly removed: number;
  readonly undecided: number;
  readonly cameBack: number;
}

export interface Batch {
  readonly id: string;
  readonly rows: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly parts: readonly Part[];
}

export async function batchOf(scene: Scene, sessionId: string, part = 1): Promise<Batch> {
  const [batch] = await until(
    () => scene.items<{ id: string }>(OFFICER, 'certification/batches', { sessionId }),
    (found) => found.length === 1,
    'the batch is with the department',
  );
  return until(
    () => scene.as(OFFICER).get<Batch>(`certification/batches/${batch?.id}`),
    ({ parts }) => parts.some((one) => one.part === part && one.rows > 0),
    `part ${part} is with the department`,
  );
}

export const rowsOf = (scene: Scene, batchId: string, query: Readonly<Record<string, string>> = {}) =>
  scene.items<Row>(OFFICER, `certification/batches/${batchId}/rows`, query);

/** The officer proposes, the approver decides: all are confirmed but those that are returned. */
export async function decide(scene: Scene, batchId: string, returned: readonly string[] = []) {
  const except = returned.map((rowId) => ({ rowId, reasons: ['identity-doubtful'] }));
  await scene.post(OFFICER, `certification/batches/${batchId}/proposals`, { all: 'confirm', except });
  await scene.post(APPROVER, `certification/batches/${batchId}/decisions`, { asProposed: true });
}

/** The national office answers what was sent: all lines pass but those that it returns. */
export async function reply(scene: Scene, packageId: string, returned: readonly string[], day: number) {
  const path = `certification/packages/${packageId}`;
  const { rows } = await readWorkbook(await scene.as(OFFICER).download(`${path}/file`), packageTemplate);
  const lines = rows.map(({ cells }) => {
    const registryRow = cells['registryRow'] ?? '';
    const decision = returned.includes(registryRow) ? '退回' : '通过';
    return { registryRow, decision, approvedOn: '', opinion: '' };
  });
  const query = { approvedOn: scene.day(day), receivedOn: scene.day(day) };
  return scene
    .as('demo-hr-recorder')
    .post<{ approved: number; returned: number }>(`${path}/replies`, await writeWorkbook(replyTemplate, lines), {
      key: randomUUID(),
      query,
    });
}
