import proxy from '@fastify/http-proxy';
import { type ServiceName, services } from '@shuzheng/contracts';
import {
  BadConfiguration,
  type Door,
  mergedDocuments,
  type OpenApiDocument,
  readDoor,
  readProxies,
  refusedPort,
  surface,
} from '@shuzheng/platform';
import fastify, { type FastifyError, type FastifyInstance, type FastifyReply } from 'fastify';
import { tellAway, tellRefused } from './problems.js';

export type Addresses = Readonly<Partial<Record<ServiceName, string>>>;

/** SERVICES as JSON: `{"enrollment": "http://enrollment:3000"}`. */
export function readAddresses(text: string | undefined): Addresses {
  const addresses = parsed(text);
  if (!isAddresses(addresses)) {
    throw new BadConfiguration(
      'SERVICES',
      'write the address of each service as JSON: {"identity": "http://host:port"}',
    );
  }
  return addresses;
}

function parsed(text = ''): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isAddresses = (value: unknown): value is Addresses =>
  typeof value === 'object' &&
  value !== null &&
  Object.entries(value).every(
    ([name, address]) => services.some((service) => service === name) && /^https?:\/\/[^/]+\/?$/.test(String(address)),
  );

export interface EdgeOptions {
  readonly profile: Door['profile'];
  readonly trustedProxies?: readonly string[];
}

/** The edge's whole start, as the environment says it. */
export async function startEdge(env: Readonly<Record<string, string | undefined>> = process.env) {
  const { port, host, profile } = readDoor(env);
  const edge = await edgeOf(readAddresses(env['SERVICES']), { profile, trustedProxies: readProxies(env) });
  const url = await edge.listen({ port, host }).catch((error: NodeJS.ErrnoException) => {
    throw refusedPort(error, port, host);
  });
  return { url, close: () => edge.close() };
}

/** One address for services that run apart: it routes by the third segment alone, and adds nothing to what they answer. */
export async function edgeOf(
  addresses: Addresses,
  { profile, trustedProxies = [] }: EdgeOptions,
): Promise<FastifyInstance> {
  const edge = fastify({
    logger: false,
    bodyLimit: 21 * 1024 * 1024,
    trustProxy: trustedProxies.length > 0 ? [...trustedProxies] : false,
    frameworkErrors: (error, _request, reply) => void tellRefused(reply, error),
  });
  edge.setErrorHandler((error: FastifyError, _request, reply) => void tellRefused(reply, error));
  const pass = (upstream: string, prefix: string) =>
    edge.register(proxy, {
      upstream,
      prefix,
      rewritePrefix: prefix,
      // The services limit the pace of each caller: they hear its address from here, never from the caller itself.
      replyOptions: {
        rewriteRequestHeaders: (request, headers) => ({ ...headers, 'x-forwarded-for': request.ip }),
        onError: (reply, { error }) => tellAway(reply as FastifyReply, error),
      },
    });
  for (const [service, upstream] of Object.entries(addresses)) await pass(upstream, `/api/v1/${service}`);
  const verification = addresses.verification;
  if (verification) await pass(verification, '/verify');
  const pages = surface({
    profile,
    document: async () => mergedDocuments(await documents(addresses)),
    ready: () => readiness(addresses),
  });
  edge.setNotFoundHandler((request, reply) => {
    reply.hijack();
    void pages(request.raw, reply.raw);
  });
  return edge;
}

const documents = (addresses: Addresses) =>
  Promise.all(
    Object.values(addresses).map(
      async (address) => (await (await fetch(`${address}/api/openapi.json`)).json()) as OpenApiDocument,
    ),
  );

/** What a service says it cannot do just now. */
async function degradation(answer: Response | undefined) {
  const body = (await answer?.json().catch(() => undefined)) as Readiness | undefined;
  const degraded = body?.checks?.find((check) => check.degraded)?.degraded;
  return degraded ? { degraded } : {};
}

interface Readiness {
  readonly checks?: readonly { readonly degraded?: string }[];
}

/** The edge is ready when every service behind it is; what is not is named. */
async function readiness(addresses: Addresses) {
  const checks = await Promise.all(
    Object.entries(addresses).map(async ([service, address]) => {
      const answer = await fetch(`${address}/health/ready`, { signal: AbortSignal.timeout(3000) }).catch(
        () => undefined,
      );
      return { service, ready: answer?.ok ?? false, ...(await degradation(answer)) };
    }),
  );
  return { ready: checks.every(({ ready }) => ready), checks };
}
