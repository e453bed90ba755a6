/**
 * Whether a request is signed with one of these keys (SigV4, D140 to D143). Promises: the signature covers the method, the path and query as they
 * came, `host`, all `x-amz-*` fields and the body; what is missing, twice there or in another form is no signature. Knows no principals.
 */
import type { HeaderField } from "../../runtime/contract/gateway.ts";
import type { World } from "../../runtime/contract/world.ts";
import { valueOf, valuesOf } from "./fields.ts";

export type SignedRequest = {
  readonly method: string;
  /** As on the request line, without the query. */
  readonly path: string;
  readonly query: string;
  readonly fields: readonly HeaderField[];
  readonly hasBody: boolean;
};
export type SigningKey = {
  readonly id: string;
  readonly secret: string;
  readonly token: string | undefined;
  readonly expires: number | undefined;
};
export type SigningRules<Key extends SigningKey> = {
  readonly service: string;
  readonly regions: readonly string[];
  readonly unsignedPayload: boolean;
  readonly keys: readonly Key[];
};
/** `body`: asked for only where the rest is in order. Nothing: it cannot be had. */
export type Surroundings = { readonly now: number; readonly world: World; readonly body: () => Promise<Uint8Array | undefined> };

type Pair = readonly [name: string, value: string];
type Claim = {
  readonly credential: string;
  readonly names: string;
  readonly signature: string;
  readonly stamp: string;
  readonly seconds: number | undefined;
  readonly token: string | undefined;
  readonly payload: string | undefined;
};

const UNSIGNED = "UNSIGNED-PAYLOAD";
const ALGORITHM = "AWS4-HMAC-SHA256";
const FIVE_MINUTES = 5 * 60 * 1000;

/** Whether something like a signature came. */
export function bringsSignature({ fields, query }: Pick<SignedRequest, "fields" | "query">): boolean {
  return (valueOf(fields, "authorization") ?? "").startsWith("AWS4-") || pairs(query).some(([name]) => isOurs(name));
}

export type Unsigned = { readonly why: string };

export async function signer<Key extends SigningKey>(
  request: SignedRequest,
  rules: SigningRules<Key>,
  { now, world, body }: Surroundings,
): Promise<Key | Unsigned> {
  const claim = readClaim(request);
  if ("why" in claim) return claim;
  const problem = problemOf(claim, request, rules, now);
  if (problem !== undefined) return { why: problem };
  const { payload } = claim;
  const isSignedFor = (bodyHash: string): Key | Unsigned => keyOf(request, claim, bodyHash, rules, now, world);
  const early = payload === undefined ? undefined : isSignedFor(payload);
  if (early !== undefined && ("why" in early || payload === UNSIGNED)) return early;
  const bytes = request.hasBody ? await body() : new Uint8Array();
  if (bytes === undefined) return { why: "the signed body cannot be had" };
  const hash = hex(world.digest("sha256", bytes));
  return payload === undefined || payload === hash ? isSignedFor(hash) : { why: "the body is not the one that was signed" };
}

/** What is wrong before any key is looked for. */
function problemOf<Key extends SigningKey>(
  claim: Claim,
  { fields }: SignedRequest,
  rules: SigningRules<Key>,
  now: number,
): string | undefined {
  const { credential, signature, payload } = claim;
  if (!/^[A-Za-z0-9_]{1,128}\//.test(credential) || !/^[0-9a-f]{64}$/.test(signature))
    return "the credential or the signature is malformed";
  if (!isInScope(claim, rules)) return `the scope of the signature is not DAY/${rules.regions.join("|")}/${rules.service}/aws4_request`;
  if (!isInTime(claim, now)) return "the signature is from another time, or expired";
  if (payload?.startsWith("STREAMING-")) return "bodies that are signed in chunks are not taken";
  if (payload === UNSIGNED && !rules.unsignedPayload) return "unsigned bodies are not taken";
  if (payload !== undefined && payload !== UNSIGNED && !/^[0-9a-f]{64}$/.test(payload)) return "the hash of the body is malformed";
  return headerLines(claim.names, fields) === undefined ? "not all is signed that must be, or its names are out of order" : undefined;
}

/** One form or the other, never both, and no field twice that tells when or by whom. */
function readClaim({ fields, query }: SignedRequest): Claim | Unsigned {
  const authorization = valueOf(fields, "authorization") ?? "";
  const inQuery = pairs(query).filter(([name]) => isOurs(name));
  const once = [...fields.map(([name]) => name).filter((name) => name.startsWith("x-amz-")), "date"];
  if (once.some((name) => valuesOf(fields, name).length > 1)) return { why: "a field came twice" };
  const isInHeader = authorization.startsWith("AWS4-");
  if (isInHeader && inQuery.length > 0) return { why: "the request is signed in its header and in its query" };
  const claim = isInHeader ? claimInHeader(authorization, fields) : claimInQuery(inQuery, fields);
  return claim ?? { why: "the signature has another form or algorithm" };
}

function claimInHeader(authorization: string, fields: readonly HeaderField[]): Claim | undefined {
  if (!authorization.startsWith(`${ALGORITHM} `)) return undefined;
  const parts = authorization
    .slice(ALGORITHM.length)
    .split(",")
    .map((part) => part.replace(/^ +| +$/g, ""));
  const part = (name: string): string | undefined => parts.find((text) => text.startsWith(`${name}=`))?.slice(name.length + 1);
  const [credential, names, signature] = [part("Credential"), part("SignedHeaders"), part("Signature")];
  const stamp = valueOf(fields, "x-amz-date") ?? stampOf(valueOf(fields, "date") ?? "");
  if (parts.length !== 3 || credential === undefined || names === undefined || signature === undefined) return undefined;
  const token = valueOf(fields, "x-amz-security-token");
  return { credential, names, signature, stamp, seconds: undefined, token, payload: valueOf(fields, "x-amz-content-sha256") };
}

const PARAMETERS = ["Algorithm", "Credential", "Date", "SignedHeaders", "Signature"];
const EXTRA_PARAMETERS = ["Expires", "Security-Token", "Content-Sha256"];

function isOurs(name: string): boolean {
  return [...PARAMETERS, ...EXTRA_PARAMETERS].some((ours) => `x-amz-${ours}`.toLowerCase() === name.toLowerCase());
}

function claimInQuery(found: readonly Pair[], fields: readonly HeaderField[]): Claim | undefined {
  const names = found.map(([name]) => name);
  const required = PARAMETERS.map((name) => `X-Amz-${name}`);
  const allowed = [...required, ...EXTRA_PARAMETERS.map((name) => `X-Amz-${name}`)];
  const isWhole = required.every((name) => names.includes(name)) && names.every((name) => allowed.includes(name));
  if (!isWhole || new Set(names).size < names.length) return undefined;
  const value = (name: string): string | undefined => found.find(([other]) => other === `X-Amz-${name}`)?.[1];
  const life = value("Expires");
  const seconds = life === undefined ? undefined : Number(life);
  const isLife = life === undefined || (/^[1-9][0-9]*$/.test(life) && Number(life) <= 7 * 24 * 60 * 60);
  if (value("Algorithm") !== ALGORITHM || !isLife) return undefined;
  const inFields = ["x-amz-date", "x-amz-security-token"].some((name) => valueOf(fields, name) !== undefined);
  const hashes = [value("Content-Sha256"), valueOf(fields, "x-amz-content-sha256")].filter((hash) => hash !== undefined);
  if (inFields || hashes.length > 1) return undefined;
  const [credential = "", signed = "", signature = "", stamp = ""] = ["Credential", "SignedHeaders", "Signature", "Date"].map(value);
  return { credential, names: signed, signature, stamp, seconds, token: value("Security-Token"), payload: hashes[0] };
}

/** Key id, day, region, service, terminator. */
function isInScope<Key extends SigningKey>({ credential, stamp }: Claim, { regions, service }: SigningRules<Key>): boolean {
  const [, ...scope] = credential.split("/");
  return regions.some((region) => scope.join("/") === [stamp.slice(0, 8), region, service, "aws4_request"].join("/"));
}

/** From 5 minutes before it was signed, until 5 minutes after, or for as long as it says. */
function isInTime({ stamp, seconds }: Claim, now: number): boolean {
  const signed = momentOf(stamp);
  if (signed === undefined || now < signed - FIVE_MINUTES) return false;
  return seconds === undefined ? now <= signed + FIVE_MINUTES : now < signed + seconds * 1000;
}

/** `20150830T123600Z`, of a moment that exists. */
function momentOf(stamp: string): number | undefined {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(stamp) ?? [];
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return !Number.isNaN(time) && stampAt(time) === stamp ? time : undefined;
}

function stampAt(time: number): string {
  return new Date(time).toISOString().replace(/\.\d+/, "").replaceAll(/[-:]/g, "");
}

/** A `Date` field has that form, or RFC 9110's. */
function stampOf(date: string): string {
  const time = Date.parse(date);
  return !Number.isNaN(time) && new Date(time).toUTCString() === date ? stampAt(time) : date;
}

/** The signed fields as the signature covers them. Undefined: names out of order or not there, or a field that had to be signed is not. */
function headerLines(names: string, fields: readonly HeaderField[]): string | undefined {
  const listed = names.split(";");
  const inOrder = [...new Set(listed.map((name) => name.toLowerCase()))].sort();
  const mustBe = ["host", ...fields.map(([name]) => name).filter((name) => name.startsWith("x-amz-"))];
  const areThere = listed.every((name) => valueOf(fields, name) !== undefined);
  if (inOrder.join(";") !== names || !areThere || !mustBe.every((name) => listed.includes(name))) return undefined;
  return listed
    .map(
      (name) =>
        `${name}:${valuesOf(fields, name)
          .map((value) => value.replaceAll(/[ \t]+/g, " "))
          .join(",")}\n`,
    )
    .join("");
}

/** The key that made this signature, if it may still be used and came with its token. */
function keyOf<Key extends SigningKey>(
  request: SignedRequest,
  { credential, names, signature, stamp, token }: Claim,
  bodyHash: string,
  { keys }: SigningRules<Key>,
  now: number,
  world: World,
): Key | Unsigned {
  const [id, ...scope] = credential.split("/");
  const key = keys.find((one) => one.id === id);
  if (key === undefined) return { why: "nobody has this access key" };
  if (key.expires !== undefined && now >= key.expires) return { why: "the access key has expired" };
  if (key.token !== token) return { why: "the session token is not the key's" };
  const lines = headerLines(names, request.fields);
  const canonical = [request.method, canonicalPath(request.path), canonicalQuery(request.query), lines, names, bodyHash].join("\n");
  const toSign = [ALGORITHM, stamp, scope.join("/"), hex(world.digest("sha256", latin1(canonical)))].join("\n");
  const start: Uint8Array = new TextEncoder().encode(`AWS4${key.secret}`);
  const derived = scope.reduce((secret, step) => world.hmac("sha256", secret, latin1(step)), start);
  return hex(world.hmac("sha256", derived, latin1(toSign))) === signature ? key : { why: "the signature is another" };
}

/** Without dot segments and empty ones, and each byte that is not unreserved encoded once more. */
function canonicalPath(path: string): string {
  const segments: string[] = [];
  for (const segment of path.split("/").filter((part) => part !== "" && part !== ".")) {
    if (segment === "..") segments.pop();
    else segments.push(segment);
  }
  const end = segments.length > 0 && path.endsWith("/") ? "/" : "";
  return encoded(`/${segments.join("/")}${end}`).replaceAll("%2F", "/");
}

/** Each name and value encoded, sorted by both, without the signature. */
function canonicalQuery(query: string): string {
  const signed = pairs(query).filter(([name]) => name !== "X-Amz-Signature");
  const rows = signed.map(([name, value]) => [encoded(name), encoded(value)] as const);
  const compare = (left: string, right: string): number => (left === right ? 0 : left < right ? -1 : 1);
  const sorted = rows.toSorted(([a, b], [c, d]) => compare(a, c) || compare(b, d));
  return sorted.map(([name, value]) => `${name}=${value}`).join("&");
}

/** The query as it came, but for the parts that are a signature's; nothing where no other is there. */
export function withoutSignature(query: string): string | undefined {
  const others = query.split("&").filter((part) => !isOurs(decoded(part.split("=")[0] ?? "")));
  return others.every((part) => part === "") ? undefined : others.join("&");
}

/** Names and values decoded, one character a byte. */
function pairs(query: string): readonly Pair[] {
  const parts = query.split("&").filter((part) => part !== "");
  return parts.map((part) => {
    const [name = "", ...value] = part.split("=");
    return [decoded(name), decoded(value.join("="))];
  });
}

function decoded(text: string): string {
  const bytes = text.replaceAll("+", " ");
  return bytes.replaceAll(/%([0-9A-Fa-f]{2})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
}

function encoded(text: string): string {
  return text.replaceAll(/[^A-Za-z0-9._~-]/g, (character) => `%${character.charCodeAt(0).toString(16).padStart(2, "0").toUpperCase()}`);
}

function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

function hex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
