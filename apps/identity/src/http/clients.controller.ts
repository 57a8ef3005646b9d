import { Body, Controller, Get, Param, ParseIntPipe, Post, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Int, Text, Uuid } from '@shuzheng/contracts';
import { Commands, Id, Operation } from '@shuzheng/platform';
import { ClientReceipt, CreateClient } from '../commands/create-client.js';
import { EndClientSecret, IssueClientSecret, SecretAsked } from '../commands/issue-client-secret.js';
import { WithdrawalReason } from '../commands/withdraw-account.js';
import { ClientWithdrawal, WithdrawClient } from '../commands/withdraw-client.js';
import { ClientFilter, ClientPage, ListClients } from '../queries/list-clients.js';
import { Tokens } from '../tokens.js';

export class ClientSecret {
  @Uuid() readonly clientId!: string;
  @Int(1, 1_000_000) readonly number!: number;
  @Text(43, 43, { description: '只在此处给出；再次生成后，旧密钥在重叠期满时失效' }) readonly secret!: string;
}

export class SecretEnded {
  @Uuid() readonly clientId!: string;
  @Int(1, 1_000_000) readonly number!: number;
}

@ApiTags('clients')
@Controller('clients')
export class ClientsController {
  constructor(
    private readonly commands: Commands,
    private readonly queries: QueryBus,
    private readonly tokens: Tokens,
  ) {}

  @Post()
  @Operation({
    name: 'identity.create-client',
    summary: '登记接口程序',
    permission: 'clients:manage',
    writes: true,
    refusals: ['permission-not-of-organisation', 'expiry-past'],
  })
  @ApiCreatedResponse({ type: ClientReceipt })
  create(@Body() command: CreateClient) {
    return this.commands.execute(command);
  }

  @Get()
  @Operation({ name: 'identity.list-clients', summary: '查询接口程序', permission: 'clients:manage' })
  @ApiOkResponse({ type: ClientPage })
  list(@Query() filter: ClientFilter) {
    return this.queries.execute(new ListClients(filter));
  }

  @Post(':id/secret')
  @Operation({
    name: 'identity.issue-client-secret',
    summary: '为接口程序生成密钥',
    permission: 'clients:manage',
    writes: true,
  })
  @ApiCreatedResponse({ type: ClientSecret })
  async issueSecret(@Param('id', Id) id: string, @Body() { overlapDays = 0 }: SecretAsked): Promise<ClientSecret> {
    const { clientId, number } = await this.commands.execute(new IssueClientSecret(id, overlapDays));
    return { clientId, number, secret: this.tokens.clientSecret(clientId, number) };
  }

  @Post(':id/secrets/:number/end')
  @Operation({
    name: 'identity.end-client-secret',
    summary: '立即停用一个密钥',
    permission: 'clients:manage',
    writes: true,
    refusals: ['secret-ended'],
  })
  @ApiCreatedResponse({ type: SecretEnded })
  endSecret(@Param('id', Id) id: string, @Param('number', ParseIntPipe) number: number) {
    return this.commands.execute(new EndClientSecret(id, number));
  }

  @Post(':id/withdraw')
  @Operation({
    name: 'identity.withdraw-client',
    summary: '撤回接口程序的权限',
    permission: 'clients:manage',
    writes: true,
    refusals: ['already-withdrawn'],
  })
  @ApiCreatedResponse({ type: ClientWithdrawal })
  withdraw(@Param('id', Id) id: string, @Body() { reason }: WithdrawalReason) {
    return this.commands.execute(new WithdrawClient(id, reason));
  }
}
