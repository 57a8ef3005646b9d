import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ServiceUnderTest } from '@shuzheng/platform/testing';
import { createHash } from 'node:crypto';
import { verification } from '../index.js';
import { Certification } from '../testing/certificates.js';

const service = new ServiceUnderTest(verification);
beforeAll(() => service.start());
afterAll(() => service.stop());

const certification = new Certification(service);

async function open(path: string, form?: Record<string, string>) {
  const response = await fetch(
    service.url + path,
    form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) },
  );
  const html = await response.text();
  return { status: response.status, headers: response.headers, html, title: /<title>(.*)<\/title>/.exec(html)?.[1] };
}

it('shows a form that needs no script, loads nothing and forbids everything else', async () => {
  const { status, headers, html, title } = await open('/verify');

  expect([status, title, headers.get('content-type')]).toEqual([200, '验证证书 · 数证', 'text/html; charset=utf-8']);
  expect(headers.get('content-security-policy')).toMatch(
    /^default-src 'none'; style-src 'sha256-[^']+'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/,
  );
  const [, style = ''] = /<style>([^]*?)<\/style>/.exec(html) ?? [];
  expect(headers.get('content-security-policy')).toContain(createHash('sha256').update(style).digest('base64'));
  expect(html).not.toMatch(/<script|<img|<link|style=|javascript:|onclick|https?:\/\//i);
  expect(html).toContain('<form method="post" action="/verify"');
  expect(Buffer.byteLength(html)).toBeLessThan(100_000);
});

it('opens from the QR code with the outcome first and the name masked', async () => {
  const { number, code } = await certification.issued();

  const { status, html, title } = await open(`/verify/${number}?code=${code}`);

  expect([status, title]).toEqual([200, '有效 · 证书查验结果 · 数证']);
  expect(html).toContain('<h1 class="outcome">有效</h1>');
  for (const shown of [number, '买**', '智能制造工程技术人员', '初级', '海右评价中心', '2026-02-12', '版本记录'])
    expect(html).toContain(shown);
  expect(html).toContain('2026-03-02 09:00:00（北京时间）');
  expect(html).not.toContain('HY-2026-001');
});

it('shows the full set for the holder’s name, which is sent in the form and not in the address', async () => {
  const { number, name } = await certification.issued();

  const { status, html } = await open('/verify', { number, code: '', name });
  const byAddress = await open(`/verify/${number}?name=${encodeURIComponent(name)}`);

  expect(status).toBe(200);
  for (const shown of [name, '考核日期', '2026-01-10', 'HY-2026-001', '所填姓名与证书一致'])
    expect(html).toContain(shown);
  expect(byAddress.status).toBe(400);
});

it('names the three likely causes of a certificate not found, and what to do', async () => {
  const { number } = await certification.issued();

  const { status, html, title } = await open('/verify', { number, code: 'AAAA' });

  expect([status, title]).toEqual([200, '查无此证 · 证书查验结果 · 数证']);
  expect(html.match(/<li>/g)).toHaveLength(3);
  expect(html).toContain('怎么办');
});

it('tells revoked and corrected from valid in words', async () => {
  const [revoked, corrected] = [await certification.issued(), await certification.issued()];
  await service.deliver([certification.revoking(revoked), certification.correcting(corrected, '李芳')]);

  const [first, second, earlier] = [
    await open(`/verify/${revoked.number}?code=${revoked.code}`),
    await open(`/verify/${corrected.number}?code=${corrected.code}`),
    await open('/verify', { number: corrected.number, name: corrected.name }),
  ];

  expect(first.html).toContain('已于 2026-02-25 撤销');
  expect(second.html).toContain('2026-02-20 · 第 2 版 · 更正（文字）');
  expect(earlier.html).toContain('所填姓名是第 1 版的姓名，已被更正；现行版本的姓名为 李*');
});

it('tells suspended, reinstated and replaced from valid in words', async () => {
  const [suspended, reinstated, replaced] = [
    await certification.issued(),
    await certification.issued(),
    await certification.issued(),
  ];
  await service.deliver([
    certification.suspending(suspended),
    certification.suspending(reinstated),
    certification.reinstating(reinstated),
    certification.replacing(replaced, suspended),
  ]);
  const pageOf = async ({ number, code }: typeof suspended) => (await open(`/verify/${number}?code=${code}`)).html;

  expect(await pageOf(suspended)).toContain('自 2026-02-21 起暂停使用');
  expect(await pageOf(reinstated)).toContain('曾暂停，已于 2026-02-24 恢复');
  const page = await pageOf(replaced);
  expect(page).toContain('<h1 class="outcome">已换发</h1>');
  expect(page).toContain(`<td>${suspended.number}</td>`);
});

it.each([
  ['number', '', '请填写登记号', 400],
  ['code', '37-2026-0000123-33', '请填写校验码或持证人姓名', 400],
])('begins the title with 错误 and points at the field %s', async (field, number, said, status) => {
  const page = await open('/verify', { number });

  expect([page.status, page.title]).toEqual([status, `错误：${said} · 数证`]);
  expect(page.html).toContain(`<a href="#${field}">${said}</a>`);
});

it('A46 says on the page that the number itself is wrong, and keeps what was typed', async () => {
  const page = await open('/verify', { number: '37-2026-0000123-34', code: '7KQ0' });

  expect([page.status, page.title]).toEqual([422, '错误：登记号的校验位不符，有数字输错了 · 数证']);
  expect(page.html).toContain('value="37-2026-0000123-34"');
});

it('shows whatever is typed as text and never as markup', async () => {
  const { html } = await open('/verify', { number: '"><script>alert(1)</script>', code: '<img src=x>' });
  const fromAddress = await open('/verify/%3Cscript%3E?code=%22%3E%3Cb%3E');

  expect(html + fromAddress.html).not.toMatch(/<script|<img|"><b>/);
  expect(html).toContain('&#60;script&#62;');
});
