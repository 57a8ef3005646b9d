import {
  applyDecorators,
  createParamDecorator,
  type ExecutionContext,
  StreamableFile,
  UnsupportedMediaTypeException,
} from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOkResponse, ApiProduces } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';

/** What people hand in to prove something: each says its type as it travels, and its content is compared with it. */
export const evidenceTypes = ['application/pdf', 'image/png', 'image/jpeg'] as const;
export type EvidenceType = (typeof evidenceTypes)[number];

export interface EvidenceFile {
  readonly bytes: Buffer;
  readonly mediaType: string;
}

const binary = { type: 'string', format: 'binary' } as const;

/** The type that the body has, by its header. */
export const mediaTypeOf = ({ headers }: Pick<FastifyRequest, 'headers'>) =>
  headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? '';

const isEvidence = (type: string): type is EvidenceType => (evidenceTypes as readonly string[]).includes(type);

/** The type of the evidence in the body; anything else is refused. */
export const MediaType = createParamDecorator((_: unknown, context: ExecutionContext): EvidenceType => {
  const type = mediaTypeOf(context.switchToHttp().getRequest<FastifyRequest>());
  if (!isEvidence(type)) throw new UnsupportedMediaTypeException();
  return type;
});

/** A route whose body is evidence. */
export const TakesEvidence = () => applyDecorators(ApiConsumes(...evidenceTypes), ApiBody({ schema: binary }));

/** A route that hands evidence out. */
export const GivesEvidence = () => applyDecorators(ApiProduces(...evidenceTypes), ApiOkResponse({ schema: binary }));

/** Evidence on its way out: to be kept, not to be shown in place. */
export const handOut = ({ bytes, mediaType }: EvidenceFile) =>
  new StreamableFile(bytes, { type: mediaType, disposition: 'attachment; filename="evidence"' });
