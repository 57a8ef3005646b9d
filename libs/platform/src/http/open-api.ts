import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import type { RunningService } from '../running.js';
import { Problem } from './problem-filter.js';

/** The interface document of a running service, made from its code. */
export function documentOf({ app, service }: Pick<RunningService, 'app' | 'service'>): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle(`数证 ${service.title}`)
    .setDescription(`${service.name} 服务接口。时间为 ISO 8601（+08:00），日期为 YYYY-MM-DD；错误为 RFC 9457。`)
    .setVersion('1')
    .addBearerAuth()
    .build();
  return SwaggerModule.createDocument(app, config, { extraModels: [Problem] });
}

/** Several documents as one, for people who read them all. Names of schemas are told apart by their service. */
export function merged(documents: readonly OpenAPIObject[]): OpenAPIObject {
  const [first] = documents;
  if (!first) throw new Error('no document to merge');
  const all = documents.map((document) => {
    const service =
      /^\/api\/v1\/([a-z]+)/.exec(Object.keys(document.paths).find((path) => path.startsWith('/api/')) ?? '')?.[1] ??
      'pages';
    const text = JSON.stringify(document).replaceAll('"#/components/schemas/', `"#/components/schemas/${service}.`);
    const renamed = JSON.parse(text) as OpenAPIObject;
    const schemas = Object.fromEntries(
      Object.entries(renamed.components?.schemas ?? {}).map(([name, schema]) => [`${service}.${name}`, schema]),
    );
    return { paths: renamed.paths, schemas };
  });
  return {
    ...first,
    info: { ...first.info, title: '数证 接口', description: '全部服务的接口' },
    paths: Object.assign({}, ...all.map(({ paths }) => paths)) as OpenAPIObject['paths'],
    components: {
      ...first.components,
      schemas: Object.assign({}, ...all.map(({ schemas }) => schemas)) as Record<string, never>,
    },
  };
}
