/**
 * Authorizers over sockets: a built gateway asks a Lambda function through the Invoke API, signed with keys that a container's provider gives, and
 * a service through HTTP. Where `npm run test:lambda` has installed AWS's runtime client, the function runs in it.
 */
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { BIN, ended, environment } from "../../cli/gwl.ts";
import { CREDENTIALS, type FunctionCode, type InvokeEndpoint, invokeEndpoint, REGION } from "../lambda/invoke-endpoint.ts";
import { call, endOf, type Gateway, portOf, startGateway } from "../shop/gateway-process.ts";
import { type Backend, backend } from "../shop/parties.ts";
import { hasClient, type LambdaRuntime, lambdaRuntime } from "./lambda-runtime.ts";

const SOURCE = `gwl 1

env LAMBDA: Url
env SERVICE: Url
env BACKEND: Url

identity Token = lambda("authz") {
  type: token
  source: header "X-Token"
  match: /^[a-z-]+$/
  endpoint: LAMBDA
  timeout: 1s
  cache: 1m
  fields { team: String, admin: Bool }
}
identity Simple = lambda("authz") {
  source: header "X-Simple"
  simple: true
  endpoint: LAMBDA
  timeout: 1s
  cache: 0s
  fields { team: String }
}
identity Service = http(SERVICE) {
  source: header "X-Key"
  timeout: 1s
  cache: 1m
  fields { role: "reader" | "writer" }
}

backend orders = http { targets: [BACKEND] }

gateway g { listen 0, arn { region: "${REGION}", account: 111122223333, api_id: "abc123" } }

ANY "/token/{path: Rest}" -> orders {
  accept Token
  allow when principal.admin or method == GET
  set header "X-Team" = principal.team
}
GET "/simple" -> orders { accept Simple, allow when principal.team == "red" }
ANY "/service" -> orders { accept Service, allow when principal.role == "writer" or method == GET }
`;

/** The function's source: run by AWS's client as a file, and here as it stands. */
const CODE = `const allow = (resource) => ({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "execute-api:Invoke", Resource: resource }] });
const API = "arn:aws:execute-api:eu-west-1:111122223333:abc123";
export const handler = async (event) => {
  const token = event.authorizationToken ?? event.headers?.["x-simple"];
  switch (token) {
    case "red": return event.version === "2.0" ? { isAuthorized: true, context: { team: "red" } } : { principalId: "red", policyDocument: allow(API + "/*"), context: { team: "red", admin: true } };
    case "reader": return { principalId: "reader", policyDocument: allow(API + "/*/GET/token/*"), context: { team: "blue", admin: true } };
    case "no": return { isAuthorized: false };
    case "unknown": throw new Error("Unauthorized");
    case "broken": throw new TypeError("something else");
    case "odd": return { principalId: "odd", policyDocument: { Version: "2012-10-17", Statement: [] } };
    case "slow": return new Promise((resolve) => setTimeout(() => resolve({ isAuthorized: true }), 3000));
    case "untyped": return { principalId: "untyped", policyDocument: allow("*"), context: { team: 7, admin: "yes" } };
    default: return undefined;
  }
};
`;

let folder = "";
let gateway: Gateway;
let orders: Backend;
let lambda: InvokeEndpoint;
let runtime: LambdaRuntime | undefined;
let port = 0;
let asked: { readonly key: string; readonly body: string }[] = [];
const credentialCalls: (string | undefined)[] = [];
const servers: { close: () => void }[] = [];

async function serverOf(handler: Parameters<typeof createServer>[1]): Promise<string> {
  const server = createServer(handler as never);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  servers.push({ close: () => (server.closeAllConnections(), server.close()) });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** In this process what AWS's client does in its own. */
async function inProcess(): Promise<FunctionCode> {
  writeFileSync(join(folder, "function.mjs"), CODE);
  const { handler } = (await import(join(folder, "function.mjs"))) as { handler: (event: unknown) => Promise<unknown> };
  return async (event) => {
    try {
      return { returns: (await handler(event)) ?? null };
    } catch (error) {
      const { name, message } = error as Error;
      return { error: { errorType: name, errorMessage: message } };
    }
  };
}

beforeAll(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "gwl-authorizers-")));
  writeFileSync(join(folder, "gateway.gwl"), SOURCE);
  const bundle = join(folder, "bundle");
  const built = await ended(spawn(process.execPath, [BIN, "build", folder, "--out", bundle], { env: environment() }));
  expect({ code: built.code, err: built.code === 0 ? "" : built.err }).toEqual({ code: 0, err: "" });
  mkdirSync(join(folder, "task"));
  runtime = hasClient ? await lambdaRuntime(CODE, join(folder, "task")) : undefined;
  lambda = await invokeEndpoint({ authz: runtime?.run ?? (await inProcess()) });
  orders = await backend("orders");
  const provider = await serverOf((request, response) => {
    credentialCalls.push(request.headers.authorization);
    const { accessKeyId, secretAccessKey, sessionToken } = CREDENTIALS;
    const Expiration = new Date(Date.now() + 3_600_000).toISOString();
    response.end(JSON.stringify({ AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, Token: sessionToken, Expiration }));
  });
  const service = await serverOf((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (piece: string) => (body += piece));
    request.on("end", () => {
      const { headers } = JSON.parse(body) as { headers: Readonly<Record<string, string>> };
      const key = headers["x-key"] ?? "";
      asked.push({ key, body });
      const known = { writer: "writer", reader: "reader", other: "owner" }[key];
      if (known !== undefined) return response.end(JSON.stringify({ id: key, context: { role: known } }));
      if (key === "lost") return response.destroy();
      if (key === "slow") return setTimeout(() => response.end("{}"), 3_000);
      return response.writeHead({ nobody: 401, barred: 403, down: 503 }[key] ?? 200).end("no JSON");
    });
  });
  gateway = startGateway(bundle, {
    LAMBDA: lambda.url,
    SERVICE: service,
    BACKEND: orders.url,
    AWS_REGION: REGION,
    AWS_CONTAINER_CREDENTIALS_FULL_URI: `${provider}/creds`,
    AWS_CONTAINER_AUTHORIZATION_TOKEN: "Basic of-the-container",
  });
  port = await portOf(gateway);
}, 60_000);

afterAll(async () => {
  gateway.child.kill("SIGTERM");
  await endOf(gateway);
  await lambda.close();
  await runtime?.close();
  orders.close();
  for (const server of servers) server.close();
  rmSync(folder, { recursive: true, force: true });
}, 30_000);

beforeEach(() => {
  lambda.events.length = 0;
  orders.calls.length = 0;
  asked = [];
});

const status = async (what: string, headers: Record<string, string>): Promise<number> => (await call(port, what, { headers })).status;

describe(`a Lambda authorizer${hasClient ? " in the runtime client of AWS" : ""}`, () => {
  test("is invoked with a signature by the container's keys, and asked once for all routes that its policy covers", async () => {
    expect(await status("GET /token/a", { "x-token": "red" })).toBe(200);
    expect(await status("POST /token/b", { "x-token": "red" })).toBe(200);
    expect(lambda.events).toHaveLength(1);
    expect(lambda.events[0]).toMatchObject({ type: "TOKEN", authorizationToken: "red" });
    expect(orders.calls.map(({ headers }) => headers["x-team"])).toEqual(["red", "red"]);
    expect(new Set(credentialCalls)).toEqual(new Set(["Basic of-the-container"]));
  });

  test("the policy that was kept is asked anew for each route", async () => {
    expect(await status("GET /token/a", { "x-token": "reader" })).toBe(200);
    expect(await status("POST /token/a", { "x-token": "reader" })).toBe(403);
    expect(lambda.events).toHaveLength(1);
    expect(orders.calls).toHaveLength(1);
  });

  test.each([
    ["Unauthorized, which it throws", "unknown", 401],
    ["another error", "broken", 500],
    ["a policy without statements", "odd", 500],
    ["a context of other types", "untyped", 500],
    ["nothing", "empty", 500],
    ["what does not match", "NOT A TOKEN", 401],
  ])("%s", async (_, token, expected) => {
    expect(await status("GET /token/a", { "x-token": token })).toBe(expected);
    expect(orders.calls).toEqual([]);
  });

  test("no source: nobody is asked", async () => {
    expect(await status("GET /token/a", {})).toBe(401);
    expect(lambda.events).toEqual([]);
  });

  test("simple answers, of payload 2.0", async () => {
    expect(await status("GET /simple", { "x-simple": "red" })).toBe(200);
    expect(lambda.events[0]).toMatchObject({ version: "2.0", type: "REQUEST", headers: { "x-simple": "red" } });
    expect(await status("GET /simple", { "x-simple": "no" })).toBe(403);
    expect(await status("GET /simple", { "x-simple": "broken" })).toBe(500);
  });

  test("one that is too slow is refused", async () => {
    expect(await status("GET /simple", { "x-simple": "slow" })).toBe(500);
    expect(orders.calls).toEqual([]);
  });
});

describe("an HTTP authorizer", () => {
  test("is told the source and no more, and its answer is kept", async () => {
    expect(await status("GET /service", { "x-key": "writer", "x-other": "secret" })).toBe(200);
    expect(await status("POST /service", { "x-key": "writer" })).toBe(200);
    expect(asked).toHaveLength(1);
    expect(JSON.parse(asked[0]?.body ?? "")).toEqual({ gateway: "g", identity: "Service", headers: { "x-key": "writer" } });
  });

  test("calls that come together wait for one answer", async () => {
    const together = await Promise.all(Array.from({ length: 8 }, () => status("GET /service", { "x-key": "reader" })));
    expect(new Set(together)).toEqual(new Set([200]));
    expect(asked).toHaveLength(1);
  });

  test.each([
    ["who may not by the program's rule", "POST /service", "reader", 403],
    ["nobody", "GET /service", "nobody", 401],
    ["who is barred", "GET /service", "barred", 403],
    ["a service that is down", "GET /service", "down", 500],
    ["a connection that is lost", "GET /service", "lost", 500],
    ["no JSON", "GET /service", "odd", 500],
    ["a role that is none", "GET /service", "other", 500],
    ["too slow", "GET /service", "slow", 500],
  ])("%s", async (_, what, key, expected) => {
    expect(await status(what, { "x-key": key })).toBe(expected);
    expect(orders.calls).toEqual([]);
  });
});
