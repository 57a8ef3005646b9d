// Writes samples/: one class of thirty invented people, from its roster to its scores. The same files come out each time.
// Needs the library built: `cd libs/workbooks && node ../../tools/build.mjs`, then `node tools/make-samples.mjs`.
import { mkdir, writeFile } from 'node:fs/promises';
import { rosterTemplate, writeWorkbook } from '../libs/workbooks/dist/index.js';

const folder = new URL('../samples/', import.meta.url);
// These three name the row a spreadsheet shows, where the header is row 1.
const wrongCheckDigitRow = 18;
const retiredRow = 25;
const rowOf = (learner) => learners.indexOf(learner) + 2;

const names = (
  '王䶮 阿依努尔·买买提 刘𬸦 陈知远 孙映川 周楚宁 吴听澜 郑亦舒 冯向晚 褚星野 卫南乔 蒋予安 沈初霁 韩砚秋 杨溪午 ' +
  '朱岁禾 秦望舒 尤见微 许牧之 何清越 吕怀瑾 施云帆 张叙白 孔令仪 曹思齐 严景行 华若谷 金以宁 魏知非 陶见山'
).split(' ');
const divisions = ['370102', '370202', '370602', '370702', '371302'];
const schools = ['示例理工大学', '示例职业技术大学', '示例工业学院'];
const companies = ['示例数控装备有限公司', '示例智能产线有限公司', '示例海工机械有限公司', '示例汽车零部件有限公司'];

const learners = names.map((name, index) => {
  const graduate = index % 5 === 3;
  const born = graduate ? 2003 + (index % 2) : 1981 + ((index * 7) % 20);
  return {
    reference: `L-${String(index + 1).padStart(3, '0')}`,
    name,
    documentKind: '居民身份证',
    documentNumber: idNumber(divisions[index % divisions.length], born, index),
    phone: `139000000${String(index + 1).padStart(2, '0')}`,
    education: graduate ? '大学本科' : ['大学本科', '大学专科', '硕士研究生'][index % 3],
    workplace: graduate ? schools[index % schools.length] : companies[index % companies.length],
    personKind: graduate ? '应届毕业生' : '在职',
    retired: '否',
  };
});

/** GB 11643: division, day of birth, serial, and a check digit by MOD 11-2. */
function idNumber(division, born, index) {
  const month = String((index % 12) + 1).padStart(2, '0');
  const day = String(((index * 11) % 28) + 1).padStart(2, '0');
  const body = `${division}${born}${month}${day}${String(index * 3 + 101)}`;
  return body + checkDigit(body);
}

function checkDigit(body) {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, index) => total + weight * Number(body[index]), 0);
  return '10X98765432'[sum % 11];
}

function withFaults(learner) {
  if (rowOf(learner) === retiredRow) return { ...learner, retired: '是' };
  if (rowOf(learner) !== wrongCheckDigitRow) return learner;
  const body = learner.documentNumber.slice(0, 17);
  return { ...learner, documentNumber: body + ((Number(checkDigit(body)) + 1 || 0) % 10) };
}

/** Twenty-eight sit the assessment: one stays away, one misses 60 in theory, one in ability. */
function scoreOf({ name }, index) {
  if (index === 9) return { name, absent: true, theory: null, ability: null };
  const theory = index === 14 ? 52 : 62 + ((index * 13) % 34);
  const ability = index === 21 ? 58.5 : 60 + ((index * 17) % 37) + (index % 2) / 2;
  return { name, absent: false, theory, ability };
}

const occupation = {
  code: '2-02-38-05',
  formerCode: '2-02-07-13',
  name: '智能制造工程技术人员',
  standardEdition: '2021',
  standardDocument: '人社厅发〔2021〕10号',
  level: '初级',
  direction: '智能装备与产线应用',
  pass: { theory: 60, ability: 60 },
};

const announcement = `智能制造工程技术人员（初级）培训公告

一、培训职业：智能制造工程技术人员，初级，方向为智能装备与产线应用。
二、培训对象：符合国家职业标准规定的数字技术相关专业应届毕业生、正在或有意愿从事数字技术领域工作的技术技能人才，不包含已退休人员。
三、计划人数：30人。
四、培训时间：以已备案的培训计划为准。
五、培训方式：线上与线下相结合，理论与实操相结合，按照国家职业标准和培训教程组织教学。
六、培训地点：济南市历下区演示路 1 号。
七、结业：完成规定学时和内容的学员参加结业考核，考核合格的颁发培训合格证书。
八、考核评价：符合申报条件的学员可按规定向评价机构申报专业技术等级考核；是否通过以考核结果为准。
九、收费标准：按备案标准收取并开具票据，未开班的全额退还。
十、报名方式：携带本人有效身份证件到培训地点报名，或拨打0531-00000000咨询。
十一、监督：对培训活动有意见的，可向省或所在市人力资源社会保障部门反映。

泉城智能制造培训中心（演示）
`;

const json = (value) => `${JSON.stringify(value, null, 2)}\n`;
const workbook = (rows) => writeWorkbook(rosterTemplate, rows, { emptyRows: 20 });

await mkdir(folder, { recursive: true });
await writeFile(new URL('roster-30.xlsx', folder), await workbook(learners));
await writeFile(new URL('roster-30-with-faults.xlsx', folder), await workbook(learners.map(withFaults)));
await writeFile(new URL('scores.json', folder), json(learners.slice(0, 28).map(scoreOf)));
await writeFile(new URL('occupation.json', folder), json(occupation));
await writeFile(new URL('announcement.txt', folder), announcement);
