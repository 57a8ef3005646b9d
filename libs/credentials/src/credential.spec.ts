import { expect, it } from '@jest/globals';
import { credentialOf } from './credential.js';
import { aSnapshot } from './testing/a-snapshot.js';

const options = {
  issuerDid: 'did:web:registry.example',
  statusLists: { revocation: 'https://registry.example/status/1', suspension: 'https://registry.example/status/2' },
};

it('says what the snapshot says', () => {
  expect(credentialOf(aSnapshot({ certificateNumber: '甲-1' }), options)).toEqual({
    '@context': ['https://www.w3.org/ns/credentials/v2', { '@vocab': 'urn:shuzheng:terms:' }],
    id: 'urn:shuzheng:certificate:37-2026-0000123-33:1',
    type: ['VerifiableCredential', 'ProfessionalTechnicalLevelCertificate'],
    issuer: { id: 'did:web:registry.example', name: '齐鲁数字技能评价中心', creditCode: '52370000MJD000001W' },
    validFrom: '2026-11-20T00:00:00+08:00',
    credentialSubject: {
      type: 'Person',
      name: '刘𬸦',
      certificate: {
        registryNumber: '37-2026-0000123-33',
        certificateNumber: '甲-1',
        occupation: { code: '2-02-38-05', name: '智能制造工程技术人员', standardEdition: '2021' },
        direction: '智能装备与产线应用',
        level: '初级',
        examDate: '2026-10-17',
        nationalApprovalDate: '2026-11-10',
        awardDate: '2026-11-20',
        version: 1,
      },
    },
    credentialStatus: [
      {
        id: 'https://registry.example/status/1#4711',
        type: 'BitstringStatusListEntry',
        statusPurpose: 'revocation',
        statusListIndex: '4711',
        statusListCredential: 'https://registry.example/status/1',
      },
      {
        id: 'https://registry.example/status/2#4711',
        type: 'BitstringStatusListEntry',
        statusPurpose: 'suspension',
        statusListIndex: '4711',
        statusListCredential: 'https://registry.example/status/2',
      },
    ],
  });
});

it('leaves out a certificate number that is not given yet', () => {
  expect(JSON.stringify(credentialOf(aSnapshot(), options))).not.toContain('certificateNumber');
});

it('carries nothing of a row that the snapshot does not name', () => {
  const row = { ...aSnapshot(), documentNumber: '37010219950307301X' };

  expect(JSON.stringify(credentialOf(row, options))).not.toContain('37010219950307301X');
});

it('names the corrected fields of a later version', () => {
  const corrected = credentialOf(aSnapshot({ version: 2, correctedFields: ['holderName'] }), options);

  expect(corrected.id).toMatch(/:2$/);
  expect(corrected.credentialSubject.certificate.correctedFields).toEqual(['holderName']);
});
