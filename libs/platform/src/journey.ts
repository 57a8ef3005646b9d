import pg, { type ClientBase, type QueryResult } from 'pg';

export interface Statement {
  readonly text: string;
  readonly values?: readonly unknown[];
}

const names = new Map<string, string>();

/** A statement by name, so that each connection parses and plans it once. */
export function named({ text, values = [] }: Statement) {
  return { name: nameOf(text), text, values: [...values] };
}

function nameOf(text: string) {
  const name = names.get(text) ?? `s${names.size}`;
  names.set(text, name);
  return name;
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
  name: string;
  readonly text: string;
  readonly _result: { _types: unknown };
  prepare(wire: Wire): void;
  handleRowDescription(message: unknown): void;
  handleDataRow(message: unknown): void;
  handleCommandComplete(message: unknown, wire: Wire): void;
  handleReadyForQuery(wire: Wire): void;
}

const endless = new WeakMap<Wire, Wire>();

/** The same connection, on which no statement says that it is the last. */
function endlessOf(wire: Wire) {
  const known = endless.get(wire) ?? (Object.create(wire, { sync: { value: () => {} } }) as Wire);
  endless.set(wire, known);
  return known;
}

type Told = (error: Error | undefined, results: QueryResult[]) => void;

/** One query to pg, which hands it the answers as they come: each statement gets its own. */
class Journey extends pg.Query {
  declare name: string;
  declare text: string;
  private readonly parts: readonly Asked[];
  private readonly results: QueryResult[] = [];
  private at = 0;
  private fault: Error | undefined;

  constructor(
    statements: readonly Statement[],
    private readonly told: Told,
  ) {
    super('');
    const heard = (error: Error | undefined, result: unknown) => {
      if (error) this.fault ??= error;
      else this.results.push(result as QueryResult);
    };
    this.parts = statements.map(({ text, values = [] }) => {
      const part = new pg.Query(text, [...values], heard) as unknown as Asked;
      part.name = nameOf(text);
      return part;
    });
    this.arrive(0);
    this.submit = (wire) => this.depart(wire as unknown as Wire);
  }

  /** By the name and the text pg notes which statements a connection has parsed. */
  private arrive(at: number) {
    this.at = at;
    const { name, text } = this.parts[at] ?? { name: '', text: '' };
    this.name = name;
    this.text = text;
  }

  private depart(wire: Wire) {
    const { _types } = (this as unknown as Asked)._result;
    const open = endlessOf(wire);
    wire.stream.cork();
    for (const part of this.parts) {
      part._result._types = _types;
      part.prepare(open);
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
    this.parts[this.at]?.handleCommandComplete(message, wire);
    this.arrive(this.at + 1);
  }

  handleEmptyQuery() {
    this.arrive(this.at + 1);
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
