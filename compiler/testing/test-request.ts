/** A request of a `test`, as a host would hand it over, and the world that it happens in. */
import type { GatewayRequest } from "../../runtime/contract/request.ts";
import type { Configuration, Jwk, World } from "../../runtime/contract/world.ts";
import type { Program, TestRequest, TokenIdentity } from "../model/program.ts";
import { isToken } from "../model/token-identity.ts";
import { settingText } from "./setting-text.ts";
import { forgedAnswer } from "./callers/authorizer.ts";
import { forgedHash } from "./callers/basic.ts";
import { certificateOf, credentialOf, queryOf } from "./callers/index.ts";
import { introspected } from "./callers/introspect.ts";
import { FORGED_SIGNATURE, forgedKeys, issuerText } from "./callers/jwt.ts";
import { FORGED_MAC } from "./callers/sigv4.ts";

/** Without `at`, tests happen on a Monday at noon, UTC. */
const USUAL_TIME = Date.UTC(2026, 5, 15, 12);

export function stageRequest(
  test: TestRequest,
  program: Program,
  configuration: Configuration,
): { readonly request: GatewayRequest; readonly world: World } {
  const now = test.at ?? USUAL_TIME;
  const body = test.body === undefined ? undefined : new TextEncoder().encode(JSON.stringify(test.body));
  const given = new Set(test.headers.map(([name]) => name.toLowerCase()));
  const usual: [string, string][] = [["Host", hostOf(program, configuration)]];
  if (body !== undefined) usual.push(["Content-Type", "application/json"], ["Content-Length", String(body.length)]);
  for (const caller of test.as) for (const [name, value] of credentialOf(caller, program, configuration, now)) usual.push([name, value]);
  const shown = certificateOf(test.as, program, now);
  const headers = [...usual.filter(([name]) => !given.has(name.toLowerCase())), ...test.headers];
  const request: GatewayRequest = {
    method: test.method,
    target: withQuery(
      test.target,
      test.as.flatMap((caller) => queryOf(caller, program)),
    ),
    httpVersion: "1.1",
    rawHeaders: headers.flatMap(([name, value]) => [name, latin1(value)]),
    peer: test.from,
    secure: false,
    ...arrival(test.via ?? shown?.entry, program, configuration),
    ...(shown === undefined ? {} : { certificate: { chain: [shown.certificate] } }),
    readBody: (limit) =>
      Promise.resolve(
        body !== undefined && body.length > limit ? { kind: "tooLarge" } : { kind: "bytes", bytes: body ?? new Uint8Array() },
      ),
  };
  return { request, world: testWorld(test, program, configuration, now) };
}

/** By the door that the test names, or at which its caller shows who it is. */
function arrival(via: string | undefined, program: Program, configuration: Configuration): Pick<GatewayRequest, "entry"> {
  const door = program.entries.find(({ name }) => name === via)?.door;
  if (via === undefined || door === undefined) return {};
  if (door.kind === "listener") return { entry: { listener: via } };
  const vpce = settingText(door.vpce, program, configuration);
  return { entry: { vpce, ...(door.via === undefined ? {} : { listener: door.via }) } };
}

function testWorld({ as }: TestRequest, program: Program, configuration: Configuration, now: number): World {
  const forged = new TextEncoder().encode(FORGED_SIGNATURE);
  const keysOf = (isWanted: (identity: TokenIdentity) => boolean): Promise<readonly Jwk[] | undefined> => {
    const identity = program.identities.filter(isToken).find(isWanted);
    return Promise.resolve(identity && forgedKeys(identity));
  };
  return {
    now: () => now,
    requestId: () => "0".repeat(32),
    verify: (_algorithm, _key, _data, signature) =>
      signature.length === forged.length && signature.every((byte, index) => byte === forged[index]),
    signedXml: (xml) => xml,
    keySet: (url) => keysOf((one) => keysUrl(one, program, configuration) === url),
    issuerKeys: (issuer) => keysOf((one) => one.kind === "oidc" && issuerText(one, program, configuration) === issuer),
    digest: (_algorithm, data) => (typeof data === "string" ? new TextEncoder().encode(data) : data),
    hmac: () => FORGED_MAC,
    // Nobody is drawn for a next version but where all are.
    chance: () => 1 - Number.EPSILON,
    hasStopped: () => false,
    verifyPassword: (stored, password) => Promise.resolve(stored.endsWith(`$${forgedHash(new TextDecoder().decode(password))}`)),
    ask: (question) =>
      Promise.resolve(
        introspected(question, program, configuration) ??
          forgedAnswer(question, as, program, configuration) ?? { kind: "failed", why: "tests ask nobody" },
      ),
    shared: { count: (asks) => Promise.resolve(asks.map(() => "alone")), giveBack: () => undefined },
    awsCredentials: () => Promise.resolve({ accessKeyId: "test", secretAccessKey: "test" }),
  };
}

function keysUrl(identity: TokenIdentity, program: Program, configuration: Configuration): string | undefined {
  if (identity.kind === "cognito") return `${issuerText(identity, program, configuration)}/.well-known/jwks.json`;
  return identity.kind === "jwt" && identity.keys.kind === "url" ? settingText(identity.keys.url, program, configuration) : undefined;
}

function hostOf(program: Program, configuration: Configuration): string {
  const host = program.gateway?.hosts[0];
  return host === undefined ? "localhost" : settingText(host, program, configuration);
}

/** What the test itself says of a name stays. */
function withQuery(target: string, fields: readonly (readonly [name: string, value: string])[]): string {
  const [, query = ""] = /\?(.*)/s.exec(target) ?? [];
  const said = new URLSearchParams(query);
  const added = new URLSearchParams(Object.fromEntries(fields.filter(([name]) => !said.has(name)))).toString();
  return added === "" ? target : `${target}${target.includes("?") ? "&" : "?"}${added}`;
}

/** Header values travel as bytes, one character each. */
function latin1(text: string): string {
  return Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join("");
}
