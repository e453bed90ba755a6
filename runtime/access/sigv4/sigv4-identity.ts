/**
 * A started `sigv4` identity: the keys of its callers with their secrets, and what stays here of a signature. A backend gets neither the
 * `Authorization` that holds one nor the session token, nor the parameters that make a URL a credential (D143).
 */
import type { CallerData, SigV4Data } from "../../contract/identity-data.ts";
import type { Principal } from "../../contract/gateway.ts";
import type { CallerPolicies } from "../../contract/iam.ts";
import type { AccessKey } from "../../contract/sigv4.ts";
import type { Verification, Withheld } from "../../contract/verification.ts";
import type { GatewayRequest } from "../../contract/request.ts";
import type { Call } from "../../kernel/call.ts";
import { shown } from "../../kernel/configuration.ts";
import type { IdentityBrought, RunningIdentity } from "../../kernel/running-identity.ts";
import { wholeBody } from "../../kernel/whole-body.ts";
import { callerPolicies } from "./caller-policies.ts";
import { withoutCarriers } from "./signed-query.ts";
import { type SigV4Result, sigV4Verifier } from "./verify.ts";

const service = "execute-api";

export function sigV4Identity(data: SigV4Data, brought: IdentityBrought, problems: string[]): RunningIdentity {
  const regions = texts(brought, "regions").filter((region) => {
    const isRegion = /^[a-z0-9-]{1,64}$/.test(region);
    if (!isRegion) problems.push(`identity \`${data.name}\` has the region ${shown(region)}: expected one like \`eu-west-1\``);
    return isRegion;
  });
  const accounts = texts(brought, "accounts");
  const callers = data.callers.filter(({ account }) => accounts.length === 0 || accounts.includes(account));
  const named = callers.map((caller) => ({ caller, principal: principalOf(data.name, caller) }));
  const keys = named.flatMap(({ caller, principal }) => keysOf(caller, principal, brought));
  const policiesOf = policiesByPrincipal(named);
  const { unsignedPayload } = data;
  const verify = sigV4Verifier({ identity: data.name, service, regions, unsignedPayload, keys });
  return {
    verify: (call, request, world) => {
      const { method, query, headers, hasBody } = call.request;
      const signed = { method, path: wirePath(request.target), query, headers, hasBody };
      const result = verify(signed, call.now, world);
      return result.kind === "body" ? bodyChecked(result, call, request, policiesOf) : verification(result, call, policiesOf);
    },
    challenge: () => "AWS4-HMAC-SHA256",
  };
}

function texts({ late }: IdentityBrought, setting: string): readonly string[] {
  return (late[setting] ?? []).flatMap((value) => (value === undefined ? [] : [String(value)]));
}

function principalOf(identity: string, caller: CallerData): Principal {
  const { id, account, arn, name, type, session, role, organization, organizationPath, mfaAt, issuedAt, groups, tags } = caller;
  const claims = {
    account,
    arn,
    name,
    type,
    ...(session === undefined ? {} : { session, role }),
    ...(organization === undefined ? {} : { organization }),
    ...(organizationPath === undefined ? {} : { organization_path: organizationPath }),
    ...(mfaAt === undefined ? {} : { mfa_at: mfaAt }),
    ...(issuedAt === undefined ? {} : { issued_at: issuedAt }),
    groups,
    tags: Object.fromEntries(tags),
  };
  return { identity, id, claims };
}

function keysOf({ keys }: CallerData, principal: Principal, { secrets }: IdentityBrought): readonly AccessKey[] {
  return keys.map(({ id, secret, token, expires }) => ({
    id,
    secret: secrets[secret] ?? "",
    ...(token === undefined ? {} : { token: secrets[token] ?? "" }),
    ...(expires === undefined ? {} : { expires }),
    principal,
  }));
}

type PoliciesOf = (principal: Principal, call: Call) => CallerPolicies | undefined;

/** Undefined where no caller of the identity has any: then IAM has no say. */
function policiesByPrincipal(named: readonly { readonly caller: CallerData; readonly principal: Principal }[]): PoliciesOf {
  const isGoverned = named.some(
    ({ caller: { policies } }) => policies.identity.length > 0 || policies.boundary !== undefined || policies.session !== undefined,
  );
  const callers = new Map(named.map(({ caller, principal }) => [principal, caller]));
  const made = new Map<Principal, CallerPolicies>();
  return (principal, { bound }) => {
    const caller = isGoverned ? callers.get(principal) : undefined;
    const known = made.get(principal);
    if (caller === undefined || known !== undefined) return known;
    const policies = callerPolicies(caller, bound.data.documents);
    made.set(principal, policies);
    return policies;
  };
}

/** What stands before the query, behind the authority where there is one (RFC 9112 section 3.2.2). */
function wirePath(target: string): string {
  const mark = target.indexOf("?");
  const whole = mark < 0 ? target : target.slice(0, mark);
  if (whole.startsWith("/")) return whole;
  const slash = whole.indexOf("/", whole.indexOf("://") + 3);
  return slash < 0 ? "/" : whole.slice(slash);
}

async function bodyChecked(
  result: Extract<SigV4Result, { kind: "body" }>,
  call: Call,
  request: GatewayRequest,
  policiesOf: PoliciesOf,
): Promise<Verification> {
  const read = await wholeBody(call, request);
  switch (read.kind) {
    case "bytes":
      return verification(result.withBody(read.bytes), call, policiesOf);
    case "tooLarge":
      return { ok: false, cause: "body-too-large", why: "the signed body is too large" };
    case "incomplete":
      return { ok: false, cause: "incomplete-body", why: "the signed body did not come" };
    default:
      return read satisfies never;
  }
}

const signatureFields: readonly string[] = ["authorization", "x-amz-security-token"];
const noFields: readonly string[] = [];

function verification(result: SigV4Result, call: Call, policiesOf: PoliciesOf): Verification {
  if (result.kind === "verified") {
    const policies = policiesOf(result.principal, call);
    const withheld = withheldOf(result.form, call.request.query);
    return { ok: true, principal: result.principal, withheld, ...(policies === undefined ? {} : { policies }) };
  }
  const why = result.kind === "refused" ? result.why : "the body was asked for twice";
  return { ok: false, cause: why === "no-signature" ? "absent" : "invalid", why };
}

/** The field of another identity stays: only the form that was used holds a signature. */
function withheldOf(form: "header" | "query", query: string | undefined): Withheld {
  return form === "header" ? { headers: signatureFields, query } : { headers: noFields, query: withoutCarriers(query) };
}
