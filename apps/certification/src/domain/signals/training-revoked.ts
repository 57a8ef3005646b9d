import { eachRow, signalRule } from './signal.js';

export const trainingRevoked = signalRule({
  code: 'training-revoked',
  title: '培训合格证书已撤销',
  words: '考生取得学时的培训班为其颁发的培训合格证书已被撤销，且未重新颁发；成绩已发布的不自动作废，由审核人核实。',
  source: '鲁人社字〔2022〕156号 四（二）（三）',
  confidence: 'I',
  severity: 'blocking',
  parameters: {},
  find: (facts) =>
    eachRow(facts, ({ trainingRevokedOn }) =>
      trainingRevokedOn === null ? undefined : { revokedOn: trainingRevokedOn },
    ),
});
