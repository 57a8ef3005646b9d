import { DocumentBuilder, getSchemaPath, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import type { RunningService } from '../running.js';
import { tellInChinese } from './open-api-words.js';
import { Problem } from './problem-filter.js';

/** The interface document of a running service, made from its code. Schemas and operations carry the service's name. */
export function documentOf({ app, service }: Pick<RunningService, 'app' | 'service'>): OpenAPIObject {
  const { name, title } = service;
  const config = new DocumentBuilder()
    .setTitle(`数证 ${title}`)
    .setDescription(`${name} 服务接口。时间为 ISO 8601（+08:00），日期为 YYYY-MM-DD；错误为 RFC 9457。`)
    .setVersion('1')
    .addBearerAuth()
    .build();
  const document = SwaggerModule.createDocument(app, config, { extraModels: [Problem] });
  documentExports(document);
  tellInChinese(document, service.reasons);
  const text = JSON.stringify(document)
    .replaceAll('"#/components/schemas/', `"#/components/schemas/${name}.`)
    .replaceAll('"operationId":"operations.', `"operationId":"${name}.operations.`)
    .replaceAll('"tags":["', `"tags":["${name} · `);
  const renamed = JSON.parse(text) as OpenAPIObject;
  const schemas = Object.entries(renamed.components?.schemas ?? {}).map(
    ([schema, body]) => [`${name}.${schema}`, body] as const,
  );
  return { ...renamed, components: { ...renamed.components, schemas: Object.fromEntries(schemas) } };
}

/** Every list leaves as a file, too, or is too large for one; its answers say so where its `format` does. */
function documentExports({ paths }: OpenAPIObject) {
  for (const { get } of Object.values(paths)) {
    const listed = get?.parameters?.some((one) => 'name' in one && one.name === 'format');
    const answer = get?.responses['200'];
    if (!get || !listed || !answer || !('content' in answer)) continue;
    answer.content = { ...answer.content, 'text/csv': { schema: { type: 'string' } } };
    const problem = { schema: { $ref: getSchemaPath(Problem) } };
    get.responses['422'] ??= {
      description: 'export-too-large',
      content: { 'application/problem+json': problem },
    };
  }
}

/** What every caller needs before the first call; docs/guide.zh-CN.md has it at length, and who does what in which order. */
const conventions = `全部服务的接口。时间为 ISO 8601（+08:00），日期为 YYYY-MM-DD。

- **登录**：\`POST /api/v1/identity/sessions\`，之后每个请求带 \`Authorization: Bearer <accessToken>\`；令牌五分钟有效，用 \`refreshToken\` 换新。
- **提交**：每次写入带一个 \`Idempotency-Key\`；没有收到回答就用同一个 Key 重发，事情只做一次。修改时在 \`If-Match\` 给出读到的 \`version\`。
- **列表**：\`limit\`、\`cursor\`（上一页的 \`next\`）、\`sort\`（前缀 - 为降序）；\`format=csv\` 导出全部。
- **出错**：RFC 9457；\`code\` 固定，\`reasons\`、\`faults\`、\`rows\` 一次列出全部问题；有 \`Retry-After\` 时按其秒数重试。`;

/** Several documents as one, for people who read them all. */
export function merged(documents: readonly OpenAPIObject[]): OpenAPIObject {
  const [first] = documents;
  if (!first) throw new Error('no document to merge');
  const paths: OpenAPIObject['paths'] = {};
  const schemas: NonNullable<OpenAPIObject['components']>['schemas'] = {};
  for (const document of documents) {
    Object.assign(paths, document.paths);
    Object.assign(schemas, document.components?.schemas);
  }
  return {
    ...first,
    info: documents.length > 1 ? { ...first.info, title: '数证 接口', description: conventions } : first.info,
    paths,
    components: { ...first.components, schemas },
  };
}

export type OpenApiDocument = OpenAPIObject;
