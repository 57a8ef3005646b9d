import pg, { type ClientBase, type QueryResult } from 'pg';

export interface Statement {
  readonly text: string;
  readonly values?: readonly unknown[];
}

const names = new Map<string, string>();

/** A statement by name, so that each connection parses and plans it once. */
export function named({ text, values = [] }: Statement) {
  const name = names.get(text) ?? `s${names.size}`;
  names.set(text, name);
  return { name, text, values: [...values] };
}

/**
 * Sends statements to one connection in one journey and with one end, so that PostgreSQL passes over all that come
 * behind one that fails. Outside of a transaction they are one by themselves.
 */
export async function travel(client: ClientBase, statements: readonly Statement[]): Promise<QueryResult[]> {
  try {
    return await new Promise<QueryResult[]>((resolve, reject) => {
      client.query(new Journey(statements, (error, results) => (error ? reject(error) : resolve(results))));
    });
  } catch (error) {
    // It arose where the answer was read; who reads it wants to know who had asked.
    if (error instanceof Error) Error.captureStackTrace(error, travel);
    throw error;
  }
}

/** What of pg's connection is used here. */
interface Wire {
  readonly stream: { cork(): void; uncork(): void };
  readonly submittedNamedStatements: Record<string, string>;
  sync(): void;
}

/** What pg does with a query: its types know only the part that is for everybody. */
interface Asked {
  readonly name: string;
  readonly text: string;
  readonly _result: { _types: unknown };
  prepare(wire: Wire): void;
  handleRowDescription(message: unknown): void;
  handleDataRow(message: unknown): void;
  handleCommandComplete(message: unknown, wire: Wire): void;
  handleReadyForQuery(wire: Wire): void;
}

type Told = (error: Error | undefined, results: QueryResult[]) => void;

/** One query to pg, which hands it the answers as they come: each statement gets its own. */
class Journey extends pg.Query {
  private readonly parts: readonly Asked[];
  private readonly results: QueryResult[] = [];
  private at = 0;
  private fault: Error | undefined;

  constructor(
    statements: readonly Statement[],
    private readonly told: Told,
  ) {
    super('');
    this.parts = statements.map((statement) => {
      const heard = (error: Error | undefined, result: unknown) => {
        if (error) this.fault ??= error;
        else this.results.push(result as QueryResult);
      };
      return new pg.Query(named(statement), heard) as unknown as Asked;
    });
    // By these pg notes which statements a connection has parsed.
    Object.defineProperty(this, 'name', { get: () => this.parts[this.at]?.name });
    Object.defineProperty(this, 'text', { get: () => this.parts[this.at]?.text });
    this.submit = (wire) => this.depart(wire as unknown as Wire);
  }

  private depart(wire: Wire) {
    const { _types } = (this as unknown as Asked)._result;
    const endless = Object.create(wire, { sync: { value: () => {} } }) as Wire;
    wire.stream.cork();
    for (const part of this.parts) {
      part._result._types = _types;
      part.prepare(endless);
      // A value that cannot be sent: what comes behind it stays here.
      if (this.fault) break;
    }
    wire.sync();
    wire.stream.uncork();
  }

  handleRowDescription(message: unknown) {
    this.parts[this.at]?.handleRowDescription(message);
  }

  handleDataRow(message: unknown) {
    this.parts[this.at]?.handleDataRow(message);
  }

  handleCommandComplete(message: unknown, wire: Wire) {
    this.parts[this.at++]?.handleCommandComplete(message, wire);
  }

  handleEmptyQuery() {
    this.at++;
  }

  /** The first that failed. Those behind it were not parsed. */
  handleError(error: Error, wire: Wire) {
    for (const { name } of this.parts.slice(this.at)) delete wire.submittedNamedStatements[name];
    this.told(this.fault ?? error, []);
  }

  handleReadyForQuery(wire: Wire) {
    for (const part of this.parts.slice(0, this.at)) part.handleReadyForQuery(wire);
    this.told(this.fault, this.results);
  }
}
