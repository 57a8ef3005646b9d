import type { ClientBase, QueryResult } from 'pg';
import { named, type Statement, travel } from './journey.js';

interface Asked {
  readonly statement: Statement;
  readonly resolve: (result: QueryResult) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * One transaction on one connection. It begins with its first statement and commits with its last ones; what is asked
 * in one turn goes in one journey.
 */
export class Session {
  /** Sent with the commit. */
  readonly left: Statement[] = [];
  private begun: Promise<QueryResult[]> | undefined;
  private asked: Asked[] = [];

  constructor(
    private readonly client: ClientBase,
    private readonly beginning: readonly Statement[],
  ) {}

  /** Nothing is sent behind a beginning that may yet fail: it would commit by itself. */
  async run(statement: Statement): Promise<QueryResult> {
    if (!this.begun) return last(await this.begin([statement]));
    await this.begun;
    return new Promise((resolve, reject) => {
      if (this.asked.length === 0) queueMicrotask(() => this.depart());
      this.asked.push({ statement, resolve, reject });
    });
  }

  private depart() {
    const asked = this.asked;
    if (asked.length === 0) return;
    this.asked = [];
    travel(
      this.client,
      asked.map(({ statement }) => statement),
    ).then(
      (results) => results.forEach((result, nth) => asked[nth]?.resolve(result)),
      (error: unknown) => asked.forEach(({ reject }) => reject(error)),
    );
  }

  private begin(statements: readonly Statement[]) {
    return (this.begun = travel(this.client, [...this.beginning, ...statements]));
  }

  /** Sends what was left to the end. */
  async write(more: readonly Statement[] = []) {
    const statements = [...this.left.splice(0), ...more];
    if (!this.begun) return this.begin(statements);
    await this.begun;
    this.depart();
    return travel(this.client, statements);
  }

  async commit() {
    if (!this.begun && this.left.length === 0) return;
    const { command } = last(await this.write([{ text: 'commit' }]));
    // Where a statement failed and nobody minded, PostgreSQL answers a commit by undoing everything.
    if (command !== 'COMMIT') throw new Error('a failed statement was passed over: nothing was committed');
  }

  /** A connection that cannot roll back is a lost one, and the server does it for it. */
  async rollBack() {
    if (!this.begun) return;
    await this.begun.catch(() => {});
    this.depart();
    await this.client.query(named({ text: 'rollback' })).catch(() => {});
  }
}

function last(results: readonly QueryResult[]): QueryResult {
  const result = results.at(-1);
  if (!result) throw new Error('a journey without an answer');
  return result;
}
