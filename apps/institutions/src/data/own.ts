import { actor, NotPermitted } from '@shuzheng/platform';

/** The caller's own organisation: places and people are kept by each institution for itself. */
export function ownOrganisation(permission: string) {
  const { reach, organisationId } = actor();
  if (reach !== 'organisation' || organisationId === undefined) throw new NotPermitted(permission);
  return organisationId;
}

/** The caller's own city: a city's directory is its own word. */
export function ownCity() {
  const { reach, cityCode } = actor();
  if (reach !== 'city' || cityCode === undefined) throw new NotPermitted('city-directory:manage');
  return cityCode;
}
