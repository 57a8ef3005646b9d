import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';

/** What one writer wants, before it asks for it. */
export interface Intent {
  readonly n: number;
  readonly kind: string;
  readonly key: string;
  /** What it is recognized by, where the product gives it no id. */
  readonly mark: string;
  readonly details: Readonly<Record<string, string>>;
}

type Line =
  | ({ readonly what: 'intent' } & Intent)
  | { readonly what: 'ack'; readonly n: number; readonly status: number; readonly answer: Answer }
  | { readonly what: 'refused'; readonly n: number; readonly status: number; readonly code: string }
  | { readonly what: 'unknown'; readonly n: number; readonly status: number; readonly reason: string };

export type Answer = Readonly<Record<string, unknown>>;

/** An intent and what became of it, as the writer knows it. */
export interface Entry extends Intent {
  readonly acked?: Answer;
  readonly refused?: string;
  /** How often nobody could say whether it had happened. */
  readonly unknowns: number;
}

/**
 * What was asked for and what was acknowledged, in a file that none of the parts under test writes: only a record outside
 * of a system can prove that it has lost something. A line is on the disk before whoever wrote it goes on.
 */
export class Journal {
  private readonly file: number;

  constructor(readonly path: string) {
    this.file = openSync(path, 'a', 0o600);
  }

  intent(intent: Intent) {
    this.write({ what: 'intent', ...intent });
  }

  ack(n: number, status: number, answer: Answer) {
    this.write({ what: 'ack', n, status, answer });
  }

  refused(n: number, status: number, code: string) {
    this.write({ what: 'refused', n, status, code });
  }

  unknown(n: number, status: number, reason: string) {
    this.write({ what: 'unknown', n, status, reason });
  }

  private write(line: Line) {
    writeSync(this.file, `${JSON.stringify(line)}\n`);
    fsyncSync(this.file);
  }

  close() {
    closeSync(this.file);
  }

  /** Reads back what the file holds, not what this process remembers. */
  entries(): Entry[] {
    const found = new Map<number, Entry>();
    for (const text of readFileSync(this.path, 'utf8').trim().split('\n').filter(Boolean)) {
      const line = JSON.parse(text) as Line;
      const before = found.get(line.n);
      if (line.what === 'intent') {
        const { what: _, ...intent } = line;
        found.set(line.n, { ...intent, unknowns: 0 });
      } else if (before) found.set(line.n, after(before, line));
    }
    return [...found.values()];
  }
}

function after(entry: Entry, line: Exclude<Line, { what: 'intent' }>): Entry {
  if (line.what === 'ack') return { ...entry, acked: line.answer };
  if (line.what === 'refused') return { ...entry, refused: line.code };
  return { ...entry, unknowns: entry.unknowns + 1 };
}
