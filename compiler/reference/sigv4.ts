/** Callers who sign their requests (D140 to D143). Promises: whoever is let in made a signature with a key that the principals file gives to it. */
import type { Principal } from "../../runtime/contract/gateway.ts";
import type { GatewayRequest } from "../../runtime/contract/request.ts";
import type { CallerPolicies, Verdict } from "../../runtime/contract/iam.ts";
import type { PolicyFile } from "../model/iam.ts";
import type { SigV4Caller } from "../model/principals.ts";
import type { SigV4Identity } from "../model/program.ts";
import { valueOf } from "./fields.ts";
import type { Binder, BoundIdentity, Presented, Unproven, Unverified, Verified } from "./identity.ts";
import { together, verdictOf } from "./iam/verdict.ts";
import { bringsSignature, type SignedRequest, signer, type SigningKey, type SigningRules, withoutSignature } from "./signature.ts";

type CallerKey = SigningKey & { readonly caller: SigV4Caller };

export function bindSigV4(identity: SigV4Identity, { text, secrets, documents, report }: Binder): BoundIdentity {
  const { name, unsignedPayload } = identity;
  const regions = identity.regions.map(text);
  for (const region of regions) if (!/^[a-z0-9-]{1,64}$/.test(region)) report(`identity \`${name}\` has no region in \`${region}\``);
  const accounts = identity.accounts.map(text);
  const known = identity.callers.filter(({ account }) => accounts.length === 0 || accounts.includes(account));
  const secret = (key: string): string => secrets[key] ?? "";
  const keys = known.flatMap((caller) =>
    caller.keys.map(({ id, secret: named, token, expires }): CallerKey => {
      return { id, secret: secret(named), token: token === undefined ? undefined : secret(token), expires, caller };
    }),
  );
  const isGoverned = known.some(
    ({ policies: { identity: own, boundary, session } }) => own.length > 0 || (boundary ?? session) !== undefined,
  );
  const rules = { service: "execute-api", regions, unsignedPayload, keys };
  return {
    name,
    verify: (presented) => verify(name, presented, rules, isGoverned ? documents : undefined),
    challenge: () => "AWS4-HMAC-SHA256",
  };
}

async function verify(
  identity: string,
  { request, raw, limit, now, world }: Presented,
  rules: SigningRules<CallerKey>,
  documents: readonly PolicyFile[] | undefined,
): Promise<Verified | Unverified | Unproven> {
  const query = request.query ?? "";
  const signed: SignedRequest = {
    method: request.method,
    path: wirePath(raw.target),
    query,
    fields: request.fields,
    hasBody: request.hasBody,
  };
  if (!bringsSignature(signed)) return "absent";
  const problems: Unverified[] = [];
  const body = async (): Promise<Uint8Array | undefined> => {
    const read = await readWhole(raw, request.declaredLength ?? 0, limit);
    if (typeof read === "object") return read;
    problems.push(read);
    return undefined;
  };
  const key = await signer(signed, rules, { now, world, body });
  if ("why" in key) return { cause: problems[0] ?? "invalid", why: key.why };
  const isInHeader = (valueOf(request.fields, "authorization") ?? "").startsWith("AWS4-");
  const withheld = isInHeader
    ? { headers: ["authorization", "x-amz-security-token"], query: request.query }
    : { headers: [], query: withoutSignature(query) };
  return { ...callerOf(identity, key.caller, documents), withheld };
}

async function readWhole(raw: GatewayRequest, declared: number, limit: number): Promise<Uint8Array | "body-too-large" | "incomplete-body"> {
  if (declared > limit) return "body-too-large";
  const read = await raw.readBody(limit);
  if (read.kind === "bytes") return read.bytes;
  return read.kind === "tooLarge" ? "body-too-large" : "incomplete-body";
}

/** The path as it came: behind the authority of an absolute target, before the query. */
function wirePath(target: string): string {
  const [, path = "/"] = /^(?:[a-z]+:\/\/[^/?]*)?(\/[^?]*)?/i.exec(target) ?? [];
  return path;
}

function callerOf(identity: string, caller: SigV4Caller, documents: readonly PolicyFile[] | undefined): Verified {
  const { id, account, arn, name, type, session, organization, mfaAt, issuedAt, groups, tags } = caller;
  const claims = {
    arn,
    account,
    name,
    type,
    ...(session && { session: session.name, role: session.roleArn }),
    ...(organization && { organization: organization.id }),
    ...(organization?.path !== undefined && { organization_path: organization.path }),
    ...(mfaAt !== undefined && { mfa_at: mfaAt }),
    ...(issuedAt !== undefined && { issued_at: issuedAt }),
    groups,
    tags,
  };
  const principal: Principal = { identity, id, claims };
  return { principal, caller: { identity, id, claims, ...(documents && { policies: policiesOf(caller, documents) }) } };
}

/** What its own policies say of a call; all of one kind speak as one. */
export function policiesOf({ policies: { identity, boundary, session } }: SigV4Caller, documents: readonly PolicyFile[]): CallerPolicies {
  return (request, api) => {
    const asked = (numbers: readonly number[]): Verdict => {
      const effect = together(
        numbers.flatMap((number) => documents[number] ?? []).map(({ document }) => verdictOf(document, request, api)),
      );
      if (effect === "silent") return { effect };
      return effect === "allow" ? { effect, statements: [], grant: "limited" } : { effect, statements: [] };
    };
    return {
      identity: asked(identity),
      ...(boundary !== undefined && { boundary: asked([boundary]) }),
      ...(session && { session: asked(session) }),
    };
  };
}
