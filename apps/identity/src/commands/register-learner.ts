import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Code, OneOf, Text, Uuid } from '@shuzheng/contracts';
import { Audit, Database, Personal, Refused, refuseIf, row, sha256 } from '@shuzheng/platform';
import { type DocumentKind, documentKinds, normalizeName } from '@shuzheng/regulation';
import { Matches } from 'class-validator';
import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { loginNameOf } from '../domain/passwords.js';
import { activationCodeOf, reasonsNotToRegister } from '../domain/registering.js';

export class LearnerReceipt {
  @Uuid() readonly accountId!: string;
}

export class NewLearner {
  @Text(1, 100) readonly name!: string;
  @OneOf(documentKinds.map(({ code }) => code)) readonly documentKind!: DocumentKind;
  @Text(1, 40) readonly documentNumber!: string;
  @Text(1, 40, { description: '培训机构发放的激活码' }) readonly activationCode!: string;
  @Code({ description: '字母、数字和连字符，3 到 40 个字符' })
  @Matches(/^[A-Za-z0-9][A-Za-z0-9-]{2,39}$/)
  readonly loginName!: string;
  @Text(1, 200) readonly password!: string;
}

/** Open a learner's account for whoever holds the code that was made for their enrolment. */
export class RegisterLearner extends Command<LearnerReceipt> {
  constructor(
    readonly learner: NewLearner,
    readonly numberIndex: string,
    readonly passwordHash: string,
  ) {
    super();
  }
}

interface Activation extends Record<string, unknown> {
  readonly enrolmentId: string;
  readonly registered: boolean;
}

@CommandHandler(RegisterLearner)
export class RegisterLearnerHandler implements ICommandHandler<RegisterLearner> {
  constructor(
    private readonly db: Database,
    private readonly personal: Personal,
    private readonly audit: Audit,
  ) {}

  execute({ learner: { name, activationCode, password, ...learner }, numberIndex, passwordHash }: RegisterLearner) {
    const loginName = loginNameOf(learner.loginName);
    const digest = sha256(activationCodeOf(activationCode));
    return this.db.transaction(async (tx) => {
      const activation = await row<Activation>(
        tx,
        'select enrolment_id as "enrolmentId", registered from activation_for($1, $2, $3)',
        [numberIndex, this.personal.nameIndex(name), digest],
      );
      const taken = await row<{ taken: boolean }>(tx, 'select login_name_taken($1) as taken', [loginName]);
      refuseIf(
        reasonsNotToRegister({
          activated: activation !== undefined,
          registered: activation?.registered === true,
          loginName,
          loginNameTaken: taken?.taken === true,
          password,
        }),
      );

      const accountId = randomUUID();
      const sealed = this.personal.seal('account', 'display_name_sealed', accountId, normalizeName(name));
      await register(tx, [activation?.enrolmentId, digest, accountId, loginName, passwordHash, sealed]);
      await this.audit.note({ subject: `account:${accountId}` });
      return { accountId };
    });
  }
}

/** What somebody else did since the facts were read is told as the rule it breaks. */
async function register(tx: EntityManager, values: readonly unknown[]) {
  const answer = await row<{ refusal: string | null }>(
    tx,
    'select register_learner($1, $2, $3, $4, $5, $6) as refusal',
    values,
  );
  if (answer?.refusal) throw new Refused([answer.refusal]);
}
