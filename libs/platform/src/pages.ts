import type { Config } from './config.js';

const escape = (text: string) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

export const page = (title: string, body: string) => `<!doctype html>
<html lang="zh-CN">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escape(title)}</title>
<style>
:root{color-scheme:light}body{margin:0;font:16px/1.7 "Noto Sans SC","PingFang SC","Microsoft YaHei",sans-serif;color:#1c2430;background:#f5f7fa}
header{background:#0b3d6e;color:#fff;padding:2.2rem 1rem}main,header>div{max-width:56rem;margin:0 auto}main{padding:1.5rem 1rem 4rem}
h1{margin:0;font-size:1.7rem}h2{font-size:1.15rem;margin:2rem 0 .6rem}a{color:#0b5cad}header a{color:#cfe6ff}
section{background:#fff;border:1px solid #dde3ea;border-radius:8px;padding:.4rem 1.4rem 1.2rem;margin-top:1.2rem}
table{border-collapse:collapse;width:100%}th,td{border-bottom:1px solid #e6ebf0;text-align:left;padding:.45rem .6rem}
code{background:#eef2f6;padding:.1rem .35rem;border-radius:4px}input{font:inherit;padding:.5rem .6rem;border:1px solid #8793a3;border-radius:6px}
button{font:inherit;padding:.5rem 1.2rem;border:0;border-radius:6px;background:#0b5cad;color:#fff;cursor:pointer}label{display:block;margin:.6rem 0 .2rem}
</style></head>
<body>${body}</body></html>`;

const demoAccounts: readonly (readonly [string, string, string])[] = [
  ['demo-ti-manager', '培训机构 用户管理员', '本单位的账号、邀请与权限申请'],
  ['demo-ti-preparer', '培训机构 经办人', '起草计划、名单、课次'],
  ['demo-ti-approver', '培训机构 负责人', '备案计划、结业、报送'],
  ['demo-ei-manager', '评价机构 用户管理员', '本单位的账号、邀请与权限申请'],
  ['demo-ei-preparer', '评价机构 经办人', '批次、资格确认、成绩'],
  ['demo-ei-approver', '评价机构 负责人', '同意考核计划、发布成绩、颁发'],
  ['demo-hr-officer', '省厅 经办人', '接收备案、提出确认意见、上报'],
  ['demo-hr-approver', '省厅 审批人', '确认或退回、批准更正与撤销'],
  ['demo-hr-recorder', '省厅 登记人', '登记国家审核结果'],
  ['demo-city-officer', '市局 经办人', '接收备案、本市目录、巡考'],
  ['demo-auditor', '审计员', '核对审计链'],
  ['demo-security', '安全管理员', '登录安全与设定'],
  ['demo-admin', '系统管理员', '账号与运维'],
  ['demo-learner-01', '学员', '本人的培训、成绩、报名与证书'],
];

/** What somebody sees who has just started the registry. */
export function landingPage({ profile }: Pick<Config, 'profile'>): string {
  const rows = demoAccounts
    .map(([name, role, does]) => `<tr><td><code>${name}</code></td><td>${role}</td><td>${does}</td></tr>`)
    .join('');
  const accounts =
    profile === 'production'
      ? ''
      : `<section><h2>演示账号</h2><p>口令均为 <code>Shuzheng-demo-2026</code>。正式环境没有这些账号，也会拒绝带着它们启动。</p>
<table><thead><tr><th>登录名</th><th>角色</th><th>可以做什么</th></tr></thead><tbody>${rows}</tbody></table></section>`;
  return page(
    '数证 · 数字技术工程师培育项目证书登记',
    `<header><div><h1>数证</h1><p>数字技术工程师培育项目的培训、考核评价与专业技术等级证书登记</p></div></header>
<main>
<section><h2>验证证书</h2><p>输入登记号与校验码，或登记号与姓名。无需账号。</p>
<form method="get" action="/verify"><button type="submit">去验证</button></form></section>
<section><h2>这是什么</h2><p>培训机构在这里备案计划、登记名单并在培训结业 30 日内报送；评价机构登记成绩并在考核结束 30 日内报送证书数据；
省人力资源社会保障厅在 10 个工作日内确认；国家办公室审核；评价机构在审核通过 30 日内颁发。依据：鲁人社字〔2022〕156号。</p></section>
<section><h2>接口</h2><p><a href="/api/docs">接口说明</a> · <a href="/api/openapi.json">OpenAPI</a> · <a href="/health/ready">运行状态</a></p>
<p>先以 <code>POST /api/v1/identity/sessions</code>（loginName、password）登录，把答复中的 accessToken 填入接口说明的 Authorize；
令牌 5 分钟有效，以 <code>POST /api/v1/identity/sessions/refresh</code> 换新。每次写入自取一个 <code>Idempotency-Key</code>。</p></section>
${accounts}
</main>`,
  );
}

export const docsPage = () => `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>数证 接口说明</title><link rel="stylesheet" href="/api/docs/swagger-ui.css"></head>
<body><div id="docs"></div><script src="/api/docs/swagger-ui-bundle.js"></script><script src="/api/docs/init.js"></script></body></html>`;
