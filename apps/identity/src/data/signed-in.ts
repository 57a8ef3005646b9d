import { Flag, Instant, List, Text, Texts, Uuid } from '@shuzheng/contracts';

export class MembershipView {
  @Uuid() readonly organisationId!: string;
  @Texts(10) readonly roles!: readonly string[];
}

export class ClientSignedIn {
  @Text(1, 4096, { description: '访问令牌，放入 Authorization: Bearer' }) readonly accessToken!: string;
  @Instant() readonly expiresAt!: string;
}

export class SignedIn extends ClientSignedIn {
  @Uuid() readonly sessionId!: string;
  @Text(43, 43, { description: '用一次即换新；旧的再次出现时会话终止' }) readonly refreshToken!: string;
  @List(() => MembershipView, 0, 100) readonly memberships!: readonly MembershipView[];
  @Flag({ description: '须先启用动态口令（me/second-factor），再换取令牌，才有权限' }) readonly mustEnroll!: boolean;
}
