import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Text, Uuid } from '@shuzheng/contracts';
import { Commands, Id, Operation } from '@shuzheng/platform';
import { ClientReceipt, CreateClient } from '../commands/create-client.js';
import { IssueClientSecret } from '../commands/issue-client-secret.js';
import { WithdrawalReason } from '../commands/withdraw-account.js';
import { ClientWithdrawal, WithdrawClient } from '../commands/withdraw-client.js';
import { ClientFilter, ClientPage, ListClients } from '../queries/list-clients.js';
import { Tokens } from '../tokens.js';

export class ClientSecret {
  @Uuid() readonly clientId!: string;
  @Text(43, 43, { description: '只在此处给出；再次生成后旧密钥失效' }) readonly secret!: string;
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
    permission: 'accounts:manage',
    writes: true,
    refusals: ['permission-not-of-organisation'],
  })
  @ApiCreatedResponse({ type: ClientReceipt })
  create(@Body() command: CreateClient) {
    return this.commands.execute(command);
  }

  @Get()
  @Operation({ name: 'identity.list-clients', summary: '查询接口程序', permission: 'accounts:manage' })
  @ApiOkResponse({ type: ClientPage })
  list(@Query() filter: ClientFilter) {
    return this.queries.execute(new ListClients(filter));
  }

  @Post(':id/secret')
  @Operation({
    name: 'identity.issue-client-secret',
    summary: '为接口程序生成密钥',
    permission: 'accounts:manage',
    writes: true,
  })
  @ApiCreatedResponse({ type: ClientSecret })
  async issueSecret(@Param('id', Id) id: string): Promise<ClientSecret> {
    const { clientId, number } = await this.commands.execute(new IssueClientSecret(id));
    return { clientId, secret: this.tokens.clientSecret(clientId, number) };
  }

  @Post(':id/withdraw')
  @Operation({
    name: 'identity.withdraw-client',
    summary: '撤回接口程序的权限',
    permission: 'accounts:manage',
    writes: true,
    refusals: ['already-withdrawn'],
  })
  @ApiCreatedResponse({ type: ClientWithdrawal })
  withdraw(@Param('id', Id) id: string, @Body() { reason }: WithdrawalReason) {
    return this.commands.execute(new WithdrawClient(id, reason));
  }
}
