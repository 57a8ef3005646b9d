import { Code, Instant, OneOf, Texts, Uuid } from '../fields.js';

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
