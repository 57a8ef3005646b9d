import { type Level, levelNames } from '@shuzheng/contracts';
import type { Verification, VersionView } from '../queries/verify-certificate.js';
import { html, type Html, type Page, pageOf } from './html.js';

/** The answer for people: the outcome first and large, then what it rests on. */
export function resultPage(found: Verification, address: string): Page {
  const body = html`<header class="${found.outcome}" role="status">
      <div>
        <h1 class="outcome">${found.words}</h1>
        <p>${found.sentence}</p>
      </div>
    </header>
    <main>
      ${found.likelyCauses ? causes(found.likelyCauses, found.advice ?? '') : details(found)} ${timesOf(found)}
      <p><a href="/verify">再查一个</a></p>
      <p><small>本系统的网址为 ${address}。网址不同的查验页面不是本系统。</small></p>
    </main>`;
  return pageOf(`${found.words} · 证书查验结果`, body);
}

const causes = (likely: readonly string[], advice: string) =>
  html`<section>
    <h2>可能的原因</h2>
    <ol>
      ${likely.map((cause) => html`<li>${cause}</li>`)}
    </ol>
    <h2>怎么办</h2>
    <p>${advice}</p>
  </section>`;

const details = (found: Verification) =>
  html`<section>
      <h2>登记信息</h2>
      <table>
        ${rowsOf(found).map(
          ([label, value]) =>
            html`<tr>
              <th scope="row">${label}</th>
              <td>${value}</td>
            </tr>`,
        )}
      </table>
      ${hintOf(found)}
    </section>
    <section>
      <h2>版本记录</h2>
      <ul>
        ${(found.versions ?? []).map((version) => html`<li>${historyOf(version)}</li>`)}
      </ul>
    </section>`;

function rowsOf(found: Verification): readonly (readonly [string, string])[] {
  const { registryNumber = '', occupationName = '', occupationCode = '', direction = '', issuer = '' } = found;
  return [
    ['登记号', registryNumber],
    ['持证人', found.name ?? found.maskedName ?? ''],
    ['职业', `${occupationName}（${occupationCode}）`],
    ['职业方向', direction],
    ['等级', levelNames[found.level as Level]],
    ['颁发机构', issuer],
    ['颁发日期', found.awardedOn ?? ''],
    ['现行版本', `第 ${found.version ?? 1} 版`],
    ...(found.suspendedOn ? [['暂停日期', found.suspendedOn] as const] : []),
    ...(found.reinstatedOn ? [['恢复日期', found.reinstatedOn] as const] : []),
    ...(found.revokedOn ? [['撤销日期', found.revokedOn] as const] : []),
    ...(found.replacedOn ? [['换发日期', found.replacedOn] as const] : []),
    ...(found.replacedBy ? [['新证书登记号', found.replacedBy] as const] : []),
    ...(found.name === undefined ? [] : fullRowsOf(found)),
  ];
}

const fullRowsOf = ({ examOn = '', approvedOn = '', certificateNumber, edition = '' }: Verification) =>
  [
    ['国家职业标准', edition],
    ['考核日期', examOn],
    ['国家审核通过日期', approvedOn],
    ['证书编号', certificateNumber ?? '颁发机构未提供'],
  ] as const;

/** Tells who typed an earlier name that it is no longer the printed one, and who typed none what a name would show. */
function hintOf({ name, matchedVersion = 1, version = 1, maskedName = '' }: Verification): Html {
  if (name === undefined) return html`<p><small>填写持证人姓名可核对姓名并查看全部登记信息。</small></p>`;
  if (matchedVersion === version) return html`<p>所填姓名与证书一致。</p>`;
  return html`<p>
    <strong>所填姓名是第 ${matchedVersion} 版的姓名，已被更正；现行版本的姓名为 ${maskedName}。</strong>
  </p>`;
}

const kinds: Readonly<Record<string, string>> = {
  issued: '颁发',
  typo: '更正（文字）',
  identity: '更正（身份信息）',
  result: '更正（成绩）',
};

const historyOf = ({ version, kind, since }: VersionView) => `${since} · 第 ${version} 版 · ${kinds[kind] ?? '更正'}`;

const timesOf = ({ checkedAt, dataTime }: Verification) =>
  html`<section>
    <h2>查验时间</h2>
    <p>本次查验：${secondsOf(checkedAt)}<br />登记信息截至：${dataTime ? secondsOf(dataTime) : '尚无登记信息'}</p>
  </section>`;

const secondsOf = (instant: string) => `${instant.slice(0, 10)} ${instant.slice(11, 19)}（北京时间）`;
