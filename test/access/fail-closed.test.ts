/**
 * Fail closed: whatever the outside does wrong while a request is decided, the request is refused and no backend hears of it. A call that is
 * let in is repeated with one fault at a time, at each call of each member of the world that it makes, in every form that a fault can have.
 */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Program, TestRequest } from "../../compiler/model/program.ts";
import { startReference } from "../../compiler/reference/index.ts";
import { testConfiguration } from "../../compiler/testing/configuration.ts";
import { stageRequest } from "../../compiler/testing/test-request.ts";
import type { Gateway, Outcome, Start } from "../../runtime/contract/gateway.ts";
import type { GatewayRequest } from "../../runtime/contract/request.ts";
import type { Question, World } from "../../runtime/contract/world.ts";
import { startProgram } from "../emit/compiled.ts";
import { gatewayOf } from "../harness/both-hands.ts";
import { compileFiles, errorsOf } from "../harness/compile-files.ts";

type Kind = { readonly identity: string; readonly as: string; readonly files?: Readonly<Record<string, string>> };

const TOKEN = 'audience: "shop", claims { role: String }';
const PRINCIPALS = `version: 1
accounts:
  "111122223333":
    users:
      alice: { keys: [{ id: AKIAALICEEXAMPLE0001, secret: ALICE_KEY }] }
`;

const IDP = readFileSync(new URL("../../compiler/diagnostics/pages/idp.pem", import.meta.url), "utf8");

/** A kind of identity, and a caller of it. One line each. */
const KINDS: Readonly<Record<string, Kind>> = {
  "jwt, keys at a URL": {
    identity: `jwt { issuer: "https://i.example", algorithms: [ES256], keys: url "https://i.example/jwks.json", ${TOKEN} }`,
    as: '{ sub: "u1", role: "a" }',
  },
  "jwt, a secret": {
    identity: `jwt { issuer: "https://i.example", algorithms: [HS256], secret: KEY, ${TOKEN} }`,
    as: '{ sub: "u1", role: "a" }',
  },
  oidc: { identity: `oidc("https://i.example") { ${TOKEN} }`, as: '{ sub: "u1", role: "a" }' },
  cognito: { identity: `cognito("eu-west-1_aB3dE6gHi") { ${TOKEN} }`, as: '{ sub: "u1", role: "a" }' },
  api_key: { identity: "api_key(KEYS) { fields { role: String } }", as: '{ id: "u1", role: "a" }' },
  basic: { identity: "basic(USERS) { fields { role: String } }", as: '{ name: "u1", role: "a" }' },
  sigv4: {
    identity: 'sigv4 { principals: from "principals.yaml", regions: ["eu-west-1"] }',
    as: '{ name: "alice" }',
    files: { "principals.yaml": PRINCIPALS },
  },
  introspect: {
    identity: 'introspect("https://i.example/introspect") { client: "g", secret: KEY, fields { role: String } }',
    as: '{ sub: "u1", role: "a" }',
  },
  saml: {
    identity: 'saml { issuer: "https://i.example", audience: "shop", certificates: from "idp.pem", fields { role: String } }',
    as: '{ name_id: "u1", role: "a" }',
    files: { "idp.pem": IDP },
  },
  http: { identity: 'http("https://auth.example/check") { source: header "X-Token", fields { role: String } }', as: '{ role: "a" }' },
  "lambda, simple": {
    identity: 'lambda("authz") { source: header "X-Token", simple: true, fields { role: String } }',
    as: '{ role: "a" }',
  },
  "lambda, a policy": {
    identity: 'lambda("authz") { source: header "X-Token", type: token, fields { role: String } }',
    as: '{ role: "a" }',
  },
};

/** Besides throwing: what a member may give that nobody should believe. A request id decides nothing; of shared counts, networks and codings tests of their own tell. */
const GARBAGE: Readonly<Record<Exclude<keyof World, "requestId" | "shared" | "networks" | "decode">, readonly unknown[]>> = {
  now: [Number.NaN, Infinity, -Infinity, undefined, null, "soon", {}],
  verify: [false, undefined, null, 1, "true", {}, Promise.resolve(true)],
  verifyPassword: [false, undefined, null, 1, "true", {}],
  keySet: [undefined, null, {}, "keys", 7, [], [null], [{}], [{ kty: "oct", k: "" }]],
  issuerKeys: [undefined, null, {}, "keys", 7, [], [null], [{}], [{ kty: "oct", k: "" }]],
  signedXml: [undefined, null, 7, {}, "", "<a>", "<a></a>", '<Assertion xmlns="urn:oasis:names:tc:SAML:2.0:assertion"></Assertion>'],
  digest: [undefined, null, "", {}, new Uint8Array(), new Uint8Array(32)],
  hmac: [undefined, null, "", {}, new Uint8Array(), new Uint8Array(32)],
  ask: [
    undefined,
    null,
    {},
    { kind: "timeout" },
    { kind: "failed", why: "no connection" },
    { kind: "answer" },
    { kind: "answer", status: 200, headers: [] },
    ...["", "{}", "[]", "null", "true", "yes", '{"id":"u1"', "\ufeff{}"].map((text) => answer(200, text)),
    ...[200, 204, 302, 404, 429, 500, 503].map((status) => answer(status, "<html>")),
  ],
  chance: [undefined, null, Number.NaN, "0", {}],
  hasStopped: [undefined, null, 0, "", {}],
  awsCredentials: [undefined, null, {}, { accessKeyId: "test" }],
};
const BODIES: readonly unknown[] = [
  undefined,
  null,
  {},
  { kind: "tooLarge" },
  { kind: "incomplete" },
  { kind: "bytes" },
  { kind: "bytes", bytes: new Uint8Array() },
];

function answer(status: number, text: string): object {
  return { kind: "answer", status, headers: [], body: new TextEncoder().encode(text) };
}

type Fault = { readonly what: string; readonly happen: () => unknown };

function faultsOf(garbage: readonly unknown[]): readonly Fault[] {
  const error = new Error("a fault was put in");
  const thrown = {
    what: "throws",
    happen: () => {
      throw error;
    },
  };
  const rejected = { what: "rejects", happen: () => heard(Promise.reject(error)) };
  const given = garbage.flatMap((value): readonly Fault[] => [
    { what: `gives ${shown(value)}`, happen: () => value },
    { what: `promises ${shown(value)}`, happen: () => Promise.resolve(value) },
  ]);
  return [thrown, rejected, ...given];
}

/** Who wants no promise does not look at one: that nobody hears of its failure is no fault of the gateway's. */
function heard(rejected: Promise<never>): Promise<never> {
  void Promise.allSettled([rejected]);
  return rejected;
}

function shown(value: unknown): string {
  return value instanceof Promise ? "a promise" : (JSON.stringify(value) ?? String(value));
}

type Place = { readonly member: keyof typeof GARBAGE | "readBody"; readonly call: number };
type Staged = { readonly request: GatewayRequest; readonly world: World };

/** `fault` happens at `place` and goes on: what one call broke, another may mend. Who is asked checks signatures: he says no to what the good call did not ask;
 * and what it did not sign has another signature. */
function spoilt(staged: Staged, place: Place | undefined, fault: Fault | undefined, calls: Place[], asked: string[]): Staged {
  const counts = new Map<string, number>();
  const isGood = place === undefined;
  const through = (member: Place["member"], done: (...given: never[]) => unknown): ((...given: never[]) => unknown) => {
    return (...given) => {
      const call = counts.get(member) ?? 0;
      counts.set(member, call + 1);
      if (isGood) calls.push({ member, call });
      if (place?.member === member && call >= place.call && fault !== undefined) return fault.happen();
      return done(...given);
    };
  };
  const ask = (question: Question): unknown => {
    const text = JSON.stringify({ ...question, body: new TextDecoder().decode(question.body) });
    if (isGood) asked.push(text);
    return asked.includes(text) ? staged.world.ask(question) : Promise.resolve(answer(403, "{}"));
  };
  const hmac = (...given: Parameters<World["hmac"]>): unknown => {
    const text = JSON.stringify(given);
    if (isGood) asked.push(text);
    return asked.includes(text) ? staged.world.hmac(...given) : new Uint8Array(32);
  };
  const real = { ...staged.world, ask, hmac };
  const members = Object.keys(GARBAGE) as (keyof typeof GARBAGE)[];
  const world = Object.fromEntries(members.map((member) => [member, through(member, real[member])]));
  const readBody = through("readBody", staged.request.readBody);
  return {
    world: { ...staged.world, ...world } as World,
    request: { ...staged.request, readBody: readBody as unknown as GatewayRequest["readBody"] },
  };
}

/** What comes of it; a gateway that throws or rejects is answered for by its host, with 500. */
async function result(gateway: Gateway, { request, world }: Staged): Promise<"forwarded" | "refused"> {
  const asked = async (): Promise<Outcome> => gateway.handle(request, world);
  const outcome: Outcome | undefined = await asked().catch(() => undefined);
  return outcome?.answer.kind === "forward" || outcome?.decision.effect === "allow" ? "forwarded" : "refused";
}

async function programOf({ identity, as, files = {} }: Kind): Promise<Program> {
  const text = `gwl 1
secret KEY: String
secret KEYS: KeyStore
secret USERS: UserStore
identity Caller = ${identity}
backend b = http { targets: ["http://10.0.0.1"] }
gateway shop { accept Caller, listen 8080 }
GET "/read" -> b { allow when principal is Caller }
POST "/write" body { n: Int } -> b { allow when principal is Caller and body.n < 10 }
test "good" {
  GET "/read" as Caller ${as} expect allow
  POST "/write" as Caller ${as} body { n: 1 } expect allow
}
`;
  const sources = [{ file: "gateway.gwl", text }, ...Object.entries(files).map(([file, content]) => ({ file, text: content }))];
  const compiled = await compileFiles(sources);
  expect(errorsOf(compiled).map(({ message }) => message)).toEqual([]);
  return compiled.compilation.program;
}

/** Every fault at every place of one call; gives those that let it in, and how many were tried. */
async function tried(
  program: Program,
  start: Start,
  asked: TestRequest,
): Promise<{ readonly open: readonly string[]; readonly count: number }> {
  const configuration = testConfiguration(program, undefined);
  const fresh = (): Gateway => gatewayOf(start(configuration));
  const staged = (): Staged => stageRequest(asked, program, configuration);
  const calls: Place[] = [];
  const questions: string[] = [];
  expect(await result(fresh(), spoilt(staged(), undefined, undefined, calls, questions))).toBe("forwarded");
  const open: string[] = [];
  let count = 0;
  for (const place of calls) {
    const faults = faultsOf(place.member === "readBody" ? BODIES : GARBAGE[place.member]);
    for (const fault of faults) {
      count++;
      const outcome = await result(fresh(), spoilt(staged(), place, fault, [], questions));
      if (outcome !== "refused") open.push(`${place.member}, call ${place.call}: ${fault.what}`);
    }
  }
  return { open, count };
}

const HANDS: Readonly<Record<string, (program: Program) => Start>> = { compiled: startProgram, reference: startReference };

test.each(Object.keys(KINDS).flatMap((kind) => Object.keys(HANDS).map((hand) => [kind, hand] as const)))(
  "%s, %s hand: every fault refuses, and no backend is called",
  async (kind, hand) => {
    const program = await programOf(KINDS[kind] ?? { identity: "", as: "" });
    const start = HANDS[hand]?.(program);
    if (start === undefined) throw new Error("no such hand");
    for (const { request } of program.tests) {
      const { open, count } = await tried(program, start, request);
      expect(open).toEqual([]);
      expect(count).toBeGreaterThan(10);
    }
  },
);
