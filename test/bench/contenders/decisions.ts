/**
 * The whole way of a request, from its head as the parser of `node:http` gives it to the decision: 874 routes, a list of 10,000 networks that
 * are shut out, 1,000 rules about groups, a token seen before. Every second caller calls what it may call, so that a third of the calls are allowed. The glued one is what a careful engineer makes of the quickest
 * parts of npm; it makes no canonical request, checks no field and forwards nothing, all of which is in our figure.
 */
import { createHmac } from "node:crypto";
import { BlockList } from "node:net";
import { createMongoAbility, type MongoAbility, type RawRuleOf, subject } from "@casl/ability";
import { createVerifier } from "fast-jwt";
import { Memoirist } from "memoirist";
import { compile } from "../../../compiler/index.ts";
import type { Outcome } from "../../../runtime/contract/gateway.ts";
import type { GatewayRequest } from "../../../runtime/contract/request.ts";
import { nodeWorld } from "../../../runtime/hosts/node/world.ts";
import { startProgram } from "../../emit/compiled.ts";
import { memoryHost } from "../../harness/memory-host.ts";
import { type Contender, freshText, scattered } from "../contest/contender.ts";
import { holder } from "../data/prefix-bits.ts";
import { addressText, prefixList } from "../data/prefix-lists.ts";
import { type BenchRoute, routeRequest, routeSet } from "../data/route-sets.ts";

type Setup = { readonly routes: number; readonly networks: number; readonly rules: number };
type Decide = (request: GatewayRequest) => boolean | Promise<boolean>;

const secret = "k".repeat(64);
const callers = 50;
/** Of a caller. */
const groupsOfOne = 5;
const questions = 2000;

type Scene = {
  readonly routes: readonly BenchRoute[];
  readonly prefixes: readonly string[];
  readonly groupsOf: (route: number) => readonly string[];
  readonly tokens: readonly string[];
};

function contender(make: (scene: Scene) => Decide | Promise<Decide>): (setup: Setup) => Promise<Contender> {
  return async (setup) => {
    const scene = sceneOf(setup);
    const decide = await make(scene);
    const shut = holder(scene.prefixes);
    let wrong: string | undefined;
    for (let number = 0; number < questions && wrong === undefined; number++) {
      const { request, route, caller } = requestOf(scene, number);
      const expected =
        route !== undefined && !shut(request.peer) && scene.groupsOf(route).some((group) => groupsOfCaller(scene, caller).includes(group));
      if ((await decide(request)) !== expected) wrong = `${request.method} ${request.target} from ${request.peer} is decided wrongly`;
    }
    return {
      fresh: (round, inputs) => Array.from({ length: inputs }, (_, at) => requestOf(scene, round * 10_000 + at).request),
      run: async (inputs) => {
        let last: boolean | undefined;
        for (const request of inputs as readonly GatewayRequest[]) {
          const given = decide(request);
          last = typeof given === "boolean" ? given : await given;
        }
        return last;
      },
      wrong,
    };
  };
}

function sceneOf({ routes: count, networks, rules }: Setup): Scene {
  const { routes } = routeSet(count);
  const { prefixes } = prefixList("ipv4", networks);
  const groupsOf = (route: number): readonly string[] => {
    const first = Math.floor((route * rules) / routes.length);
    const end = Math.max(first + 1, Math.floor(((route + 1) * rules) / routes.length));
    return Array.from({ length: end - first }, (_, at) => `group-${first + at}`);
  };
  const scene = { routes, prefixes, groupsOf, tokens: [] };
  return { ...scene, tokens: Array.from({ length: callers }, (_, caller) => token(caller, groupsOfCaller(scene, caller))) };
}

function groupsOfCaller({ routes, groupsOf }: Scene, caller: number): readonly string[] {
  return [...new Set(Array.from({ length: groupsOfOne }, (_, at) => groupsOf(routeOfCaller(routes, caller, at))[0] ?? ""))];
}

/** A route that the caller may call by its group number `at`. */
function routeOfCaller(routes: readonly BenchRoute[], caller: number, at: number): number {
  return scattered(caller * groupsOfOne + at) % routes.length;
}

function token(caller: number, groups: readonly string[]): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const claims = { iss: "https://login.example", aud: "api", sub: `caller-${caller}`, exp: 4_000_000_000, iat: 1_700_000_000, groups };
  const signed = `${part({ alg: "HS256", typ: "JWT" })}.${part(claims)}`;
  return `${signed}.${createHmac("sha256", secret).update(signed).digest("base64url")}`;
}

function requestOf(
  { routes, prefixes, tokens }: Scene,
  number: number,
): { readonly request: GatewayRequest; readonly route: number | undefined; readonly caller: number } {
  const caller = scattered(number) % tokens.length;
  const own = number % 8 < 4 ? routeOfCaller(routes, caller, scattered(number * 3 + 1) % groupsOfOne) : undefined;
  const { request, expected } = routeRequest(own === undefined ? routes : routes.slice(own, own + 1), number);
  return {
    route: expected === undefined ? undefined : (own ?? expected.route),
    caller,
    request: {
      method: request.method,
      target: freshText(request.path),
      httpVersion: "1.1",
      rawHeaders: [
        "Host",
        freshText("api.example"),
        "User-Agent",
        freshText("bench/1.0"),
        "Accept",
        freshText("*/*"),
        "Authorization",
        freshText(`Bearer ${tokens[caller]}`),
      ],
      peer: freshText(addressText("ipv4", prefixes, number * 2 + (number % 4 === 0 ? 0 : 1))),
      secure: false,
      readBody: () => Promise.resolve({ kind: "incomplete" }),
    },
  };
}

export const contenders = {
  gwl: contender(async (scene) => {
    const { value, diagnostics } = await compile("/bench/gateway.gwl", memoryHost(program(scene)), "check");
    const error = diagnostics.find(({ severity }) => severity === "error");
    if (error !== undefined) throw new Error(error.message);
    const started = startProgram(value.program)({ stage: undefined, variables: { KEY: secret } });
    if ("problems" in started) throw new Error(started.problems.join("; "));
    const world = nodeWorld();
    const { gateway } = started;
    return (request) => {
      const outcome = gateway.handle(request, world);
      return outcome instanceof Promise ? outcome.then(isAllowed) : isAllowed(outcome);
    };
  }),
  glued: contender(({ routes, prefixes, groupsOf }) => {
    const router = new Memoirist<string>();
    for (const [at, { method, path }] of routes.entries()) {
      let parameter = 0;
      router.add(
        method,
        path.replaceAll(/\{\w+\}/g, () => `:p${parameter++}`),
        `r${at}`,
      );
    }
    const blocked = new BlockList();
    for (const prefix of prefixes) {
      const [address = "", length] = prefix.split("/");
      blocked.addSubnet(address, Number(length), "ipv4");
    }
    const verify = createVerifier({
      key: secret,
      algorithms: ["HS256"],
      allowedIss: "https://login.example",
      allowedAud: "api",
      cache: 1000,
    });
    const rules = routes.flatMap((_, route) =>
      groupsOf(route).map(
        (group): RawRuleOf<MongoAbility> => ({ action: "call", subject: `r${route}`, conditions: { groups: { $in: [group] } } }),
      ),
    );
    const ability = createMongoAbility(rules);
    return ({ method, target, rawHeaders, peer }) => {
      const query = target.indexOf("?");
      const found = router.find(method, query < 0 ? target : target.slice(0, query));
      if (found === null || blocked.check(peer, "ipv4")) return false;
      const at = rawHeaders.findIndex((name, index) => index % 2 === 0 && name.toLowerCase() === "authorization");
      const [scheme, credential = ""] = (rawHeaders[at + 1] ?? "").split(" ");
      if (scheme !== "Bearer") return false;
      const { groups } = verify(credential) as { readonly groups: readonly string[] };
      return ability.can("call", subject(found.store, { groups: [...groups] }) as never);
    };
  }),
};

function isAllowed({ decision }: Outcome): boolean {
  return decision.effect === "allow";
}

function program({ routes, prefixes, groupsOf }: Scene): Readonly<Record<string, string>> {
  const texts = routes.map(({ method, path }, route) => {
    let parameter = 0;
    const typed = path.replaceAll(/\{\w+\}/g, () => `{p${parameter++}: String}`);
    const rules = groupsOf(route).map((group) => `    allow when principal is Caller and "${group}" in principal.groups\n`);
    return `  ${method} "${typed}" -> service {\n${rules.join("")}  }`;
  });
  const main = `gwl 1
secret KEY: String
identity Caller = jwt { issuer: "https://login.example", audience: "api", algorithms: [HS256], secret: KEY, claims { groups: Set<String> } }
network shut from "shut.txt"
backend service = http { targets: ["http://127.0.0.1:9999"] }
gateway bench {
  listen 8080
  deny when client.ip in shut
}
api bench at "/" {
  accept Caller
${texts.join("\n")}
}
`;
  return { "/bench/gateway.gwl": main, "/bench/shut.txt": `${prefixes.join("\n")}\n` };
}
