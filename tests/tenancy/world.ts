import pg from 'pg';
import { services } from '@shuzheng/contracts';
import { replyTemplate, resultTemplate, rosterTemplate, writeWorkbook } from '@shuzheng/workbooks';
import { travelled } from '../journeys/journey.js';
import { Registry } from '../registry.js';
import { Asking } from './asking.js';
import { type Caller, everybody, forger } from './callers.js';
import { fillEmptyTables, type Owners } from './filling.js';
import { type Files, operations } from './operations.js';
import { idIn, type Owner } from './places.js';

/** A registry that the journey went through, with people of every role, and a thing of every kind. */
export class Tenants {
  readonly registry = new Registry({ accessTokenSeconds: 3600 });
  readonly asking = new Asking(this.registry);
  readonly ids = new Map<string, string>();
  readonly workbooks = new Map<string, Buffer>();
  callers: readonly Caller[] = [];
  /** Tables that the journey left empty. */
  filled: readonly string[] = [];
  private forged: Awaited<ReturnType<typeof forger>> | undefined;
  private open: pg.Client | undefined;

  async start() {
    await this.registry.start();
    const { world } = await travelled(this.registry.url, this.registry);
    this.callers = await everybody(world);
    this.forged = await forger(this.registry.keys);
    this.open = new pg.Client(this.registry.adminUrl);
    await this.open.connect();
    const owner = await this.owner(world.recall('training'), world.recall('evaluation'));
    this.filled = await fillEmptyTables(this.client, services, await this.owners(owner));
    await this.findIds(owner);
    await this.writeWorkbooks();
  }

  /** What was made up stands for nothing that a use case could do: nobody could open what is sealed there. */
  async emptyWhatWasFilled() {
    await this.client.query('set session_replication_role = replica');
    for (const table of this.filled) await this.client.query(`delete from ${table}`);
    await this.client.query('set session_replication_role = origin');
  }

  async stop() {
    await this.open?.end();
    await this.registry.stop();
  }

  get client(): pg.Client {
    if (!this.open) throw new Error('start first');
    return this.open;
  }

  get forger() {
    if (!this.forged) throw new Error('start first');
    return this.forged;
  }

  readonly files: Files = (operation) => this.workbooks.get(operation);

  /** The journey's two institutions and one of its learners. */
  private async owner(training: string, evaluation: string): Promise<Owner> {
    const accountId = this.callers.find(({ role, foreign }) => role === 'learner' && !foreign)?.accountId ?? '';
    const { rows } = await this.client.query<{ personId: string }>(
      'select person_id as "personId" from identity.account where id = $1',
      [accountId],
    );
    return { organisations: [training, evaluation], personId: rows[0]?.personId ?? '', accountId };
  }

  private async owners({ organisations, personId, accountId }: Owner): Promise<Owners> {
    const [training = '', evaluation = ''] = organisations;
    const one = async (sql: string) => (await this.client.query<{ id: string }>(sql)).rows[0]?.id ?? '';
    const session = await one('select id from assessment.session');
    return {
      ...{ 'assessment.organisation_id': evaluation, 'certification.organisation_id': evaluation },
      'institutions.exam_site.organisation_id': evaluation,
      ...{
        organisation_id: training,
        home_id: training,
        city_code: '370100',
        person_id: personId,
        account_id: accountId,
      },
      ...{ session_id: session, class_id: await one('select id from enrollment.training_class') },
      batch_id: await one('select id from certification.batch'),
      result_id: await one(`select id from assessment.result where person_id = '${personId}'`),
      lesson_id: await one('select id from enrollment.lesson'),
      enrolment_id: await one(`select id from enrollment.enrolment where person_id = '${personId}'`),
      clock_id: await one('select id from oversight.clock'),
      'certification.print_order.certificate_id': await one('select id from certification.certificate'),
      'certification.sample_row.row_id': await one('select id from certification.batch_row'),
    };
  }

  private async findIds(owner: Owner) {
    for (const place of new Set(operations.flatMap((one) => one.place ?? []))) {
      const id = await idIn(this.client, place, owner);
      if (id) this.ids.set(place, id);
    }
  }

  private async writeWorkbooks() {
    const roster = {
      name: '某某',
      documentKind: '居民身份证',
      documentNumber: '11010519491231002X',
      phone: '13800000000',
    };
    const more = { education: '大学本科', workplace: '某单位', personKind: '在职', retired: '否' };
    this.workbooks.set('enrollment.upload-roster', await writeWorkbook(rosterTemplate, [{ ...roster, ...more }]));
    const result = { admissionNumber: '1', name: '某某', theory: '80', ability: '80' };
    this.workbooks.set('assessment.record-result-file', await writeWorkbook(resultTemplate, [result]));
    const reply = { registryRow: '1', decision: '通过', approvedOn: '2026-03-01', opinion: '' };
    this.workbooks.set('certification.record-reply', await writeWorkbook(replyTemplate, [reply]));
  }
}
