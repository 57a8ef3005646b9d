const province = ['operator', 'department'];

/** How far the members of an organisation of this kind see. */
export function reachIn(role: string): 'province' | 'city' | 'organisation' {
  if (province.includes(role)) return 'province';
  return role === 'city-bureau' ? 'city' : 'organisation';
}
