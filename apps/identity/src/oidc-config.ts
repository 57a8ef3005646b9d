import { BadConfiguration, type Config } from '@shuzheng/platform';

export interface OidcConfig {
  readonly issuer: URL;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly redirectUri: string;
  /** What the provider says (`amr` or `acr`) of whom it asked for two factors; empty: it is not taken at its word. */
  readonly twice: readonly string[];
  /** A provider on this very machine, for tests and demonstrations. */
  readonly insecure: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads and checks the variables, once; without an issuer there is no provider. */
export function readOidcConfig(config: Config, env: Environment = process.env): OidcConfig | undefined {
  const issuer = env['OIDC_ISSUER']?.trim();
  if (!issuer) return undefined;
  if (!URL.canParse(issuer)) throw new BadConfiguration('OIDC_ISSUER', 'give the https address of the provider');
  const url = new URL(issuer);
  const local = url.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  if (url.protocol !== 'https:' && !(local && config.profile !== 'production'))
    throw new BadConfiguration('OIDC_ISSUER', 'only https: whoever reads along could sign in as others');
  const clientId = required(env, 'OIDC_CLIENT_ID');
  const clientSecret = required(env, 'OIDC_CLIENT_SECRET');
  const redirectUri = `${config.publicUrl}/api/v1/identity/sign-in/oidc/callback`;
  const twice = (env['OIDC_SECOND_FACTOR'] ?? '').split(',').flatMap((said) => said.trim() || []);
  return { issuer: url, clientId, clientSecret, redirectUri, twice, insecure: local };
}

function required(env: Environment, name: 'OIDC_CLIENT_ID' | 'OIDC_CLIENT_SECRET') {
  const value = env[name]?.trim();
  if (!value) throw new BadConfiguration(name, 'set it together with OIDC_ISSUER');
  return value;
}
