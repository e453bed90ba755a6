/** Tokens for generated identities: most are good, the others are wrong in one way each. */
import type { Choices } from "./choices.ts";
import { cheapSignature, keysOf, SECRET } from "./keys.ts";
import { badValue, goodValue } from "./fields.ts";
import type { IdentityShape } from "./vocabulary.ts";

const encoder = new TextEncoder();

export function token(c: Choices, identity: IdentityShape, now: number): string {
  const flaw = c.chance(1, 6) ? c.pick(FLAWS) : "none";
  const seconds = Math.floor(now / 1000);
  const claims: Record<string, unknown> = {
    iss: identity.issuer,
    ...receiver(c, identity),
    exp: seconds + c.pick([3600, 1, 60.5]),
    sub: c.pick(["u1", "u2", "é"]),
    ...(c.chance(1, 3) ? { iat: seconds, nbf: seconds } : {}),
  };
  for (const claim of identity.claims)
    if (!claim.isOptional || c.chance(2, 3)) claims[claim.claim] = c.chance(1, 40) ? badValue(c, claim.type) : goodValue(c, claim.type);
  if (c.chance(2, 3)) Object.assign(claims, c.pick(GRANTS));
  const header: Record<string, unknown> = {
    alg: identity.algorithm,
    ...(identity.sort === "access" && identity.kind !== "cognito" ? { typ: c.pick(["at+jwt", "application/at+JWT"]) } : {}),
    ...(identity.keys === "secret" ? {} : { kid: c.pick(["k1", "k1", "k1", "k1", "k2"]) }),
  };
  if (c.chance(1, 10)) delete header["kid"];
  spoil(c, flaw, identity, claims, header, seconds);
  if (identity.kind === "introspect") return introspectedToken(c, claims);
  return encode(flaw, identity, claims, header);
}

/** Whom a good token is for: of one audience, of several, or of a client. */
function receiver(c: Choices, { kind, audience, clients, sort }: IdentityShape): Readonly<Record<string, unknown>> {
  const use = kind === "cognito" ? { token_use: sort ?? (clients.length > 0 ? "access" : "id") } : {};
  if (audience.length === 0 || (clients.length > 0 && c.chance(1, 2))) return { ...use, client_id: c.pick(clients) };
  const aud = c.pick([audience[0], [...audience], ["other", audience.at(-1)]]);
  return { ...use, aud, ...(sort === "id" && c.chance(3, 4) ? { azp: c.pick(audience) } : {}) };
}

/** The token holds what `cheapWorld`'s server will say of it, and how. */
export function introspectedToken(c: Choices, claims: Readonly<Record<string, unknown>>): string {
  const active = c.chance(5, 6) ? { active: true } : c.pick([{ active: false }, { active: "true" }, { active: 1 }, {}]);
  const more = c.chance(1, 8)
    ? c.pick([{ token_type: "bearer" }, { token_type: "DPoP" }, { token_type: null }, { cnf: { jkt: "x" } }])
    : {};
  const how = c.chance(5, 6) ? "answer" : c.pick(["timeout", "failed", "status", "list", "broken", "twice"]);
  const text = base64url(JSON.stringify({ ...claims, ...active, ...more }));
  return `${how}.${text}${c.chance(1, 20) ? c.pick(["=", "==", "=x", " x", "é"]) : ""}`;
}

/** Scopes as issuers write them, and as none does. */
const GRANTS = [
  { scope: "orders/read" },
  { scope: "openid orders/write orders/read" },
  { scope: "" },
  { scp: ["orders/write"] },
  { scp: "orders/read orders/read" },
  { scope: "openid", scp: ["orders/read"] },
  { scope: "orders/readorders/write" },
  { scope: ["orders/read", 1] },
  { scope: null },
] as const;

const FLAWS = [
  "other-sort",
  "other-type",
  "other-party",
  "other-client",
  "no-audience",
  "null-audience",
  "expired",
  "at-expiry",
  "in-leeway",
  "no-exp",
  "text-exp",
  "early",
  "future",
  "issuer",
  "audience",
  "text-audience-list",
  "no-sub",
  "empty-sub",
  "missing-claim",
  "wrong-claim",
  "null-claim",
  "repeated-element",
  "alg-none",
  "alg-other",
  "crit",
  "kid-unknown",
  "kid-number",
  "signature",
  "no-signature",
  "padding",
  "duplicate-key",
  "two-parts",
  "not-json",
  "long",
] as const;
type Flaw = (typeof FLAWS)[number] | "none";

function spoil(
  c: Choices,
  flaw: Flaw,
  identity: IdentityShape,
  claims: Record<string, unknown>,
  header: Record<string, unknown>,
  seconds: number,
): void {
  const claim = identity.claims.length === 0 ? "sub" : c.pick(identity.claims).claim;
  const changes: Partial<Record<Flaw, () => void>> = {
    expired: () => (claims["exp"] = seconds - 3600),
    "at-expiry": () => (claims["exp"] = seconds),
    "in-leeway": () => (claims["exp"] = seconds - 29),
    "no-exp": () => delete claims["exp"],
    "text-exp": () => (claims["exp"] = String(seconds + 60)),
    early: () => (claims["nbf"] = seconds + 31),
    future: () => (claims["iat"] = seconds + 1),
    issuer: () => (claims["iss"] = `${identity.issuer}/`),
    audience: () => (claims["aud"] = "elsewhere"),
    "other-sort": () => (claims["token_use"] = c.pick(["id", "access", "refresh"])),
    "other-type": () => (header["typ"] = c.pick(["at+jwt", "JWT", "jwt", "logout+jwt", 1, null])),
    "other-party": () => (claims["azp"] = c.pick(["elsewhere", null, ["web"]])),
    "other-client": () => (claims["client_id"] = c.pick(["c1", "c9", ["c1"]])),
    "no-audience": () => delete claims["aud"],
    "null-audience": () => (claims["aud"] = null),
    "text-audience-list": () => (claims["aud"] = [identity.audience[0], 1]),
    "no-sub": () => delete claims["sub"],
    "empty-sub": () => (claims["sub"] = ""),
    "missing-claim": () => delete claims[claim],
    "wrong-claim": () => (claims[claim] = { odd: true }),
    "null-claim": () => (claims[claim] = null),
    "repeated-element": () => (claims[claim] = ["a", "a"]),
    "alg-none": () => (header["alg"] = "none"),
    "alg-other": () => (header["alg"] = "RS512"),
    crit: () => (header["crit"] = ["exp"]),
    "kid-unknown": () => (header["kid"] = "nobody"),
    "kid-number": () => (header["kid"] = 1),
  };
  changes[flaw]?.();
}

function encode(flaw: Flaw, identity: IdentityShape, claims: object, header: Record<string, unknown>): string {
  const payload =
    flaw === "duplicate-key"
      ? JSON.stringify(claims).replace("{", '{"sub":"admin",')
      : flaw === "not-json"
        ? "[1]"
        : JSON.stringify(flaw === "long" ? { ...claims, pad: "x".repeat(9000) } : claims);
  const whole = signedToken(identity, header, payload);
  const [text, signature = ""] = [whole.slice(0, whole.lastIndexOf(".")), whole.split(".")[2]];
  if (flaw === "two-parts") return text;
  if (flaw === "no-signature") return `${text}.`;
  if (flaw === "padding") return `${text}.${Buffer.from(signature, "base64url").toString("base64")}`;
  return flaw === "signature" ? `${text}.${base64url("wrong")}` : whole;
}

/** Whatever it says, its signature is good for the key that it names, or for the identity's first. */
export function signedToken(identity: IdentityShape, header: Readonly<Record<string, unknown>>, payload: string): string {
  const text = `${base64url(JSON.stringify(header))}.${base64url(payload)}`;
  const key = keysOf(identity).find((candidate) => candidate["kid"] === header["kid"]) ?? keysOf(identity)[0] ?? {};
  const signature = cheapSignature(
    String(header["alg"]),
    identity.keys === "secret" ? { kind: "secret", secret: SECRET } : { kind: "jwk", jwk: key },
    encoder.encode(text),
  );
  return `${text}.${Buffer.from(signature).toString("base64url")}`;
}

const base64url = (text: string): string => Buffer.from(text, "utf8").toString("base64url");
