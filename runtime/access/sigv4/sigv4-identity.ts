/**
 * A started `sigv4` identity: the keys of its callers with their secrets, and what stays here of a signature. A backend gets neither the
 * `Authorization` that holds one nor the session token, nor the parameters that make a URL a credential (D143).
 */
import type { CallerData, SigV4Data } from "../../contract/identity-data.ts";
import type { Principal } from "../../contract/gateway.ts";
import type { AccessKey } from "../../contract/sigv4.ts";
import type { Verification, Withheld } from "../../contract/verification.ts";
import type { GatewayRequest } from "../../contract/request.ts";
import type { Call } from "../../kernel/call.ts";
import { shown } from "../../kernel/configuration.ts";
import type { IdentityBrought, RunningIdentity } from "../../kernel/running-identity.ts";
import { wholeBody } from "../../kernel/whole-body.ts";
import { withoutCarriers } from "./signed-query.ts";
import { type SigV4Result, sigV4Verifier } from "./verify.ts";

const service = "execute-api";

export function sigV4Identity(data: SigV4Data, brought: IdentityBrought, problems: string[]): RunningIdentity {
  const regions = texts(brought, "regions").filter((region) => {
    const isRegion = /^[a-z0-9-]{1,64}$/.test(region);
    if (!isRegion && region !== "")
      problems.push(`identity \`${data.name}\` has the region ${shown(region)}: expected one like \`eu-west-1\``);
    return isRegion;
  });
  const accounts = texts(brought, "accounts");
  const callers = data.callers.filter(({ account }) => accounts.length === 0 || accounts.includes(account));
  const keys = callers.flatMap((caller) => keysOf(caller, principalOf(data.name, caller), brought));
  const { unsignedPayload } = data;
  const verify = sigV4Verifier({ identity: data.name, service, regions, unsignedPayload, keys });
  return {
    verify: (call, request, world) => {
      const { method, query, headers, hasBody } = call.request;
      const signed = { method, path: wirePath(request.target), query, headers, hasBody };
      const result = verify(signed, call.now, world);
      return result.kind === "body" ? bodyChecked(result, call, request) : verification(result, call);
    },
    challenge: () => "AWS4-HMAC-SHA256",
  };
}

function texts({ late }: IdentityBrought, setting: string): readonly string[] {
  return (late[setting] ?? []).map((value) => String(value ?? ""));
}

function principalOf(identity: string, { id, account, arn, name, type, session, groups, tags }: CallerData): Principal {
  const claims = { account, arn, name, type, ...(session === undefined ? {} : { session }), groups, tags: Object.fromEntries(tags) };
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

/** What stands before the query, behind the authority where there is one (RFC 9112 section 3.2.2). */
function wirePath(target: string): string {
  const mark = target.indexOf("?");
  const whole = mark < 0 ? target : target.slice(0, mark);
  if (whole.startsWith("/")) return whole;
  const slash = whole.indexOf("/", whole.indexOf("://") + 3);
  return slash < 0 ? "/" : whole.slice(slash);
}

async function bodyChecked(result: Extract<SigV4Result, { kind: "body" }>, call: Call, request: GatewayRequest): Promise<Verification> {
  const read = await wholeBody(call, request);
  switch (read.kind) {
    case "bytes":
      return verification(result.withBody(read.bytes), call);
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

function verification(result: SigV4Result, { request }: Call): Verification {
  if (result.kind === "verified") return { ok: true, principal: result.principal, withheld: withheldOf(result.form, request.query) };
  const why = result.kind === "refused" ? result.why : "the body was asked for twice";
  return { ok: false, cause: why === "no-signature" ? "absent" : "invalid", why };
}

/** The field of another identity stays: only the form that was used holds a signature. */
function withheldOf(form: "header" | "query", query: string | undefined): Withheld {
  return form === "header" ? { headers: signatureFields, query } : { headers: noFields, query: withoutCarriers(query) };
}
