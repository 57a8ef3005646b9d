import { html, type Html, type Page, pageOf } from './html.js';

/** What somebody typed into the form, as they typed it. */
export interface Typed {
  readonly number: string;
  readonly code: string;
  readonly name: string;
}

export const empty: Typed = { number: '', code: '', name: '' };

/** What is wrong, in words, and at which field. */
export interface Mistake {
  readonly field: keyof Typed;
  readonly title: string;
  readonly advice: string;
}

interface Field {
  readonly field: keyof Typed;
  readonly label: string;
  readonly hint: string;
  readonly most: number;
}

const fields: readonly Field[] = [
  { field: 'number', label: '登记号', hint: '证书上的“登记号”，形如 37-2026-0000123-33', most: 60 },
  { field: 'code', label: '校验码', hint: '登记号旁的四位字符', most: 20 },
  { field: 'name', label: '持证人姓名', hint: '填写姓名可查看全部登记信息；不会被保存', most: 100 },
];

/** The one form. After a mistake it says first what is wrong, and keeps what was typed. */
export function formPage(typed: Typed = empty, mistake?: Mistake, status = 200): Page {
  const title = mistake ? `错误：${mistake.title}` : '验证证书';
  const body = html`<header>
      <div>
        <h1>验证证书</h1>
        <p>数字技术工程师培育项目专业技术等级证书。无需账号，免费查验。</p>
      </div>
    </header>
    <main>${mistake ? summaryOf(mistake) : html``} ${form(typed, mistake)}</main>`;
  return pageOf(title, body, status);
}

const summaryOf = ({ field, title, advice }: Mistake) =>
  html`<section class="error" role="alert">
    <h2>有一处需要修改</h2>
    <p><a href="#${field}">${title}</a>。${advice}。</p>
  </section>`;

const form = (typed: Typed, mistake: Mistake | undefined) =>
  html`<section>
    <h2>填写证书上的号码</h2>
    <p>登记号必填；校验码和姓名至少填一项。</p>
    <form method="post" action="/verify" autocomplete="off">
      ${fields.map((field) => inputOf(field, typed[field.field], mistake))}
      <p><button type="submit">查验</button></p>
    </form>
  </section>`;

function inputOf({ field, label, hint, most }: Field, value: string, mistake: Mistake | undefined): Html {
  const wrong = mistake?.field === field;
  const marks = wrong ? html` aria-invalid="true" autofocus` : html``;
  const fault = wrong ? html`<p id="${field}-fault"><strong>错误：${mistake.title}</strong></p>` : html``;
  const described = wrong ? `${field}-hint ${field}-fault` : `${field}-hint`;
  return html`<label for="${field}">${label}</label><small id="${field}-hint">${hint}</small>${fault}
    <p>
      <input
        id="${field}"
        name="${field}"
        value="${value}"
        maxlength="${most}"
        aria-describedby="${described}"
        ${marks}
      />
    </p>`;
}
