import { htmlPage } from '@shuzheng/platform';
import { createHash } from 'node:crypto';

/** Markup that is safe to send: whatever came from elsewhere has been escaped. */
export class Html {
  constructor(readonly text: string) {}
}

type Text = string | number | null;
type Part = Html | readonly Html[] | Text;

/** Builds markup. Every value that is not markup itself is escaped, so that none can become any. */
export const html = (strings: TemplateStringsArray, ...parts: readonly Part[]) =>
  new Html(strings.map((text, i) => text + written(parts[i] ?? '')).join(''));

function written(part: Part): string {
  if (part instanceof Html) return part.text;
  return isText(part) ? escaped(String(part ?? '')) : part.map(({ text }) => text).join('');
}

const isText = (part: Part): part is Text => part === null || typeof part !== 'object';
const escaped = (text: string) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

const style = `
.outcome{font-size:2.2rem;font-weight:700}.valid{background:#14602f}.corrected{background:#7a4b00}.suspended{background:#7a4b00}
.revoked,.replaced{background:#8f1d1d}.not-found{background:#3d4652}.error{border-left:6px solid #b42318}ol,ul{padding-left:1.4rem}
th{width:9rem;font-weight:600}input{width:100%;max-width:24rem;box-sizing:border-box}small{color:#4a5565}@media print{header{color:#000;background:none}}
`;

const document = (title: string, body: Html) =>
  htmlPage(`${title} · 数证`, body.text).replace('</style>', `${style}</style>`);

const inlineStyle = /<style>([\s\S]*?)<\/style>/.exec(document('', html``))?.[1] ?? '';

/** Nothing is loaded and nothing runs: one style, known by its digest, and a form that goes nowhere else. */
export const headers = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': [
    `default-src 'none'`,
    `style-src 'sha256-${createHash('sha256').update(inlineStyle).digest('base64')}'`,
    `form-action 'self'`,
    `base-uri 'none'`,
    `frame-ancestors 'none'`,
  ].join('; '),
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
};

export interface Page {
  readonly status: number;
  readonly html: string;
}

export const pageOf = (title: string, body: Html, status = 200): Page => ({ status, html: document(title, body) });
