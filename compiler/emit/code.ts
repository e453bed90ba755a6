/**
 * Text of the emitted program, as a type of its own. INVARIANT: only fixed text, literals, identifiers and comments that
 * this room made are `Code`; a text of the user is none, so it cannot be pasted in by mistake: that does not compile.
 */
declare const isCode: unique symbol;
export type Code = string & { readonly [isCode]: true };

/** Fixed text with code between. */
export function code(fixed: TemplateStringsArray, ...holes: readonly Code[]): Code {
  let text = fixed[0] ?? "";
  for (const [at, hole] of holes.entries()) text += hole + (fixed[at + 1] ?? "");
  return text as Code;
}

export function joined(parts: readonly Code[], separator: ", " | " && " | " || " | " ?? " | "\n"): Code {
  return parts.join(separator) as Code;
}

export const nothing: Code = code``;

/** The one place where a value of the program becomes text of the program: a number or a Bool, never a text. */
export function literal(value: number | boolean): Code {
  if (typeof value === "boolean") return (value ? "true" : "false") as Code;
  if (!Number.isFinite(value)) throw new Error(`${value} has no literal`);
  return (Object.is(value, -0) ? "0" : String(value)) as Code;
}

/** Words of the compiler's own that stand in the program: kinds of identities, and settings that the start brings. A closed list. */
export type OwnWord =
  | "accounts"
  | "address"
  | "api_key"
  | "audience"
  | "basic"
  | "ca"
  | "certificate"
  | "client"
  | "clients"
  | "cognito"
  | "endpoint"
  | "function"
  | "headers"
  | "http"
  | "introspect"
  | "issuer"
  | "jwt"
  | "key"
  | "keysUrl"
  | "lambda"
  | "listen"
  | "master"
  | "mirrors"
  | "mtls"
  | "nameServers"
  | "metricsTo"
  | "nodes"
  | "oidc"
  | "pool"
  | "recipient"
  | "region"
  | "regions"
  | "respond"
  | "saml"
  | "serverName"
  | "sigv4"
  | "targets"
  | "tracesTo"
  | "truststore"
  | "url"
  | "user"
  | "vpc"
  | "vpce"
  | "websocket";

export function ownWord(word: OwnWord): Code {
  return word as string as Code;
}

/** What the handler's own names begin with. */
export type Prefix = "test" | "subject" | "parameter" | "value" | "route" | "body" | "item" | "mapped";

/** The one place where names are made: by number, never by a user's word. */
export function identifier(prefix: Prefix, number: number): Code {
  if (!Number.isInteger(number) || number < 0) throw new Error(`${number} numbers nothing`);
  return `${prefix}${number}` as Code;
}
