/** An answer of 400 or above, as it went out. */
export interface BadAnswer {
  readonly path: string;
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

interface Told {
  readonly title?: unknown;
  readonly code?: unknown;
  readonly advice?: unknown;
}

/** What no problem may tell: where the code lies and what it asked, and anything that looks like a person's number. */
const telltales: Readonly<Record<string, RegExp>> = {
  'a stack': /\n\s*at |\\n\s*at |node_modules|node:internal/,
  'a path': /(?<![\w.])\/(home|tmp|usr|var|work|apps|libs|root)\/|\.[cm]?[jt]s:\d/,
  SQL: /\b(select|insert into|delete from|update)\b[^"]{1,200}\b(from|values|set|where)\b|duplicate key|violates|relation \\?"|pg_/i,
  'a document number': /(?<![\dA-Za-z-])\d{17}[\dXx](?![\dA-Za-z-])/,
  'a phone': /(?<![\dA-Za-z-])1[3-9]\d{9}(?![\dA-Za-z-])/,
};

const chinese = /[\u4e00-\u9fff]/;

/** What is wrong with an answer that says no: it must be a problem with a known code, and tell nothing but that. */
export function problemFaults(answer: BadAnswer, sealed: Iterable<string> = []): string[] {
  if (/^application\/problem\+json/.test(answer.type)) return [...shapeFaults(answer), ...tells(answer.body, sealed)];
  // People who look a certificate up are answered with a page.
  if (answer.path.startsWith('/api/v1/')) return [`it is ${answer.type || 'nothing'}, not a problem`];
  return answer.path.startsWith('/verify') ? tells(answer.body, sealed) : [];
}

function shapeFaults({ status, body }: BadAnswer): string[] {
  // HEAD is answered like GET, without the body.
  if (body === '') return [];
  const problem = parsed(body);
  if (!problem) return ['its body is no object'];
  const { type, code, title, reasons = [] } = problem;
  return [
    ...(problem.status === status ? [] : [`its status says ${String(problem.status)}`]),
    ...(typeof code === 'string' && /^[a-z][a-z\d-]+$/.test(code) ? [] : ['its code is none']),
    ...(type === `/problems/${String(code)}` ? [] : ['its type is not made of its code']),
    // A code that no catalogue knows stands for itself.
    ...[{ title }, ...reasons].flatMap((told) => (chinese.test(String(told.title)) ? [] : ['it has no known title'])),
  ];
}

interface Parsed extends Told {
  readonly type?: unknown;
  readonly status?: unknown;
  readonly reasons?: readonly Told[];
}

function parsed(body: string): Parsed | undefined {
  try {
    const value = JSON.parse(body) as unknown;
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

function tells(body: string, sealed: Iterable<string>): string[] {
  const kinds = Object.entries(telltales).filter(([, pattern]) => pattern.test(body));
  const personal = [...sealed].some((plain) => body.includes(plain));
  return [...kinds.map(([kind]) => `it tells ${kind}`), ...(personal ? ['it tells what is sealed'] : [])];
}
