import { Code, Day, Instant, OneOf, Texts, Uuid } from '../fields.js';

/** Somebody's access ends: the account as a whole, or what it may do for one organisation. Tokens issued before are refused everywhere. */
export class AccessWithdrawn {
  static readonly type = 'identity.access-withdrawn.v1';
  static readonly aggregate = 'accountId';

  @Uuid() readonly accountId!: string;
  @Uuid({ nullable: true, description: 'null: everywhere' }) readonly organisationId!: string | null;
  @Instant({ description: 'real time, not the business clock' }) readonly withdrawnAt!: string;
}

/** An account may act for an organisation. */
export class MembershipGranted {
  static readonly type = 'identity.membership-granted.v1';
  static readonly aggregate = 'accountId';

  @Uuid() readonly accountId!: string;
  @Uuid() readonly organisationId!: string;
  @Texts(100) readonly permissions!: string[];
  @OneOf(['organisation', 'city', 'province']) readonly reach!: string;
  @Code({ nullable: true }) readonly cityCode!: string | null;
}

/** One session is over, by its owner or by an administrator: its access tokens are refused from now on. */
export class SessionEnded {
  static readonly type = 'identity.session-ended.v1';
  static readonly aggregate = 'accountId';

  @Uuid() readonly accountId!: string;
  @Uuid() readonly sessionId!: string;
  @Instant({ description: 'real time, not the business clock' }) readonly endedAt!: string;
}

/** Somebody of the department is attached to an institution, and so may not decide on what it sends. */
export class AttachmentDeclared {
  static readonly type = 'identity.attachment-declared.v1';
  static readonly aggregate = 'accountId';

  @Uuid() readonly attachmentId!: string;
  @Uuid() readonly accountId!: string;
  @Uuid({ description: 'the institution' }) readonly organisationId!: string;
  @Day() readonly from!: string;
  @Day({ nullable: true }) readonly to!: string | null;
}
