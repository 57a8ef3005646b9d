import { Code, confidences, Day, List, OneOf, Text } from '@shuzheng/contracts';
import { cities, documentKinds } from '@shuzheng/regulation';
import { statuses, statusOf } from '../domain/known.js';

export class CityView {
  @Code() readonly code!: string;
  @Text(1, 60) readonly name!: string;
  @Day({ nullable: true, description: 'null 表示待核实' }) readonly from!: string | null;
  @Day({ nullable: true, description: 'null 表示现行；有 successor 而为 null 时待核实' }) readonly to!: string | null;
  @Code({ nullable: true, description: '撤销后所属的市' }) readonly successor!: string | null;
  @Text(1, 200) readonly source!: string;
  @OneOf(confidences) readonly confidence!: string;
  @OneOf(statuses) readonly status!: string;
}

export class Cities {
  @List(() => CityView, 0, 100) readonly cities!: CityView[];
}

export class DocumentKindView {
  @Code() readonly code!: string;
  @Text(1, 60) readonly name!: string;
  @Text(1, 200, { nullable: true, description: '号码的形式；null 表示待核实，不因形式拒绝' }) readonly form!:
    string | null;
  @Day({ nullable: true, description: 'null 表示待核实' }) readonly from!: string | null;
  @Text(1, 200, { nullable: true, description: 'null 表示待核实' }) readonly source!: string | null;
  @OneOf(confidences) readonly confidence!: string;
  @OneOf(statuses) readonly status!: string;
}

export class DocumentKinds {
  @List(() => DocumentKindView, 0, 100) readonly documentKinds!: DocumentKindView[];
}

/** The records of `libs/regulation` that every service goes by, as the rules are shown: with their source and standing. */
export const allCities = (): Cities => ({
  cities: cities.map(({ from = null, to = null, successor = null, ...city }) => ({
    ...{ ...city, from, to, successor },
    status: statusOf(city.code, city.confidence),
  })),
});

export const allDocumentKinds = (): DocumentKinds => ({
  documentKinds: documentKinds.map(({ from = null, ...kind }) => ({
    ...{ ...kind, from },
    status: statusOf(kind.form, kind.confidence),
  })),
});
