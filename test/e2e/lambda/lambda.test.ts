/** A built gateway before Lambda functions, over sockets: events, answers, faults and streams. */
import { spawn } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { BIN, ended, environment } from "../../cli/gwl.ts";
import { endOf, type Gateway, portOf, startGateway } from "../shop/gateway-process.ts";
import { CREDENTIALS, type FunctionCode, type InvokeEndpoint, invokeEndpoint, type Output, REGION } from "./invoke-endpoint.ts";

const SOURCE = `gwl 1

env LAMBDA: Url

backend newer = lambda("newer") { endpoint: LAMBDA, timeout: 1s }
backend older = lambda("arn:aws:lambda:eu-west-1:111122223333:function:older:live") { payload: "1.0", endpoint: LAMBDA, timeout: 1s }
backend streaming = lambda("streaming") { stream: true, endpoint: LAMBDA, timeout: 1s }

gateway g { listen 0, compress { with: [br, gzip], above: 1KiB }, limits { body: 10MiB }, arn { region: "eu-west-1", account: "111122223333", api_id: "a1b2c3" } }

ANY "/newer/{path: Rest}" -> newer { public because "a test", set response header "X-From" = "gwl" }
ANY "/older/{path: Rest}" -> older { public because "a test" }
GET "/judged" -> newer { public because "a test", returns { n: Int }, map response body { m: response.body.n } }
ANY "/streaming/{path: Rest}" -> streaming { public because "a test" }
`;

let folder = "";
let bundle = "";
let lambda: InvokeEndpoint;
let gateway: Gateway;
let port = 0;
let output: Output = { returns: {} };

const run: FunctionCode = () => output;

beforeAll(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "gwl-lambda-")));
  writeFileSync(join(folder, "gateway.gwl"), SOURCE);
  bundle = join(folder, "bundle");
  const built = await ended(spawn(process.execPath, [BIN, "build", folder, "--out", bundle], { env: environment() }));
  expect({ code: built.code, err: built.code === 0 ? "" : built.err }).toEqual({ code: 0, err: "" });
  lambda = await invokeEndpoint({ newer: run, "arn:aws:lambda:eu-west-1:111122223333:function:older:live": run, streaming: run });
  gateway = startGateway(bundle, {
    LAMBDA: lambda.url,
    AWS_REGION: REGION,
    AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
    AWS_SESSION_TOKEN: CREDENTIALS.sessionToken,
  });
  port = await portOf(gateway);
}, 60_000);

afterAll(async () => {
  gateway.child.kill("SIGTERM");
  await endOf(gateway);
  await lambda.close();
  rmSync(folder, { recursive: true });
}, 30_000);

beforeEach(() => {
  lambda.events.length = 0;
});

type Answered = {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: Buffer;
  readonly isCut: boolean;
};

function call(
  method: string,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  body?: string | Uint8Array,
  at = port,
): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port: at, method, path, headers: { host: "shop.example", ...headers } }, (answer) => {
      const parts: Uint8Array[] = [];
      const done = (isCut: boolean): void =>
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(parts), isCut });
      answer.on("data", (part: Uint8Array) => parts.push(part));
      answer.on("end", () => done(!answer.complete)).on("error", () => done(true));
      // A reset behind the head is told to the request.
      sent.off("error", reject).on("error", () => done(true));
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

const asked = async (given: Output, method = "GET", path = "/newer/x"): Promise<Answered> => {
  output = given;
  return call(method, path);
};

describe("answers to clients that take codings", () => {
  const text = "what a function says, again and again; ".repeat(200);
  const fields = { "content-type": "text/plain", "content-length": "7", etag: '"v1"' };
  const taking = { "accept-encoding": "gzip, br;q=0.5" };

  test("are packed, in text and in base64", async () => {
    for (const body of [{ body: text }, { body: Buffer.from(text).toString("base64"), isBase64Encoded: true }]) {
      output = { returns: { statusCode: 200, headers: fields, ...body } };
      const packed = await call("GET", "/newer/x", taking);
      const { "content-encoding": coding, "content-length": length, vary, etag } = packed.headers;
      expect([coding, length, vary, etag]).toEqual(["gzip", undefined, "Accept-Encoding", 'W/"v1"']);
      expect(gunzipSync(packed.body).toString("utf8")).toBe(text);
      const plain = await call("GET", "/newer/x");
      expect([plain.headers["content-encoding"], plain.headers["content-length"], plain.body.toString("utf8")]).toEqual([
        undefined,
        String(text.length),
        text,
      ]);
    }
  });

  test("are packed as they come in pieces, and end without their last block where the function breaks off", async () => {
    const head = JSON.stringify({ statusCode: 200, headers: { "content-type": "text/plain" } });
    const chunks = [`${head}${"\0".repeat(8)}`, ...Array.from({ length: 40 }, () => text)];
    output = { pieces: chunks, end: "well" };
    const whole = await call("GET", "/streaming/x", { "accept-encoding": "br" });
    expect([whole.headers["content-encoding"], whole.isCut]).toEqual(["br", false]);
    expect(brotliDecompressSync(whole.body).toString("utf8")).toBe(text.repeat(40));
    for (const end of ["error", "lost"] as const) {
      output = { pieces: chunks, end };
      const cut = await call("GET", "/streaming/x", { "accept-encoding": "br" });
      expect([cut.headers["content-encoding"], cut.isCut], end).toEqual(["br", true]);
      expect(() => brotliDecompressSync(cut.body), end).toThrow();
    }
  });
});

describe("answers that a route says the type of", () => {
  const json = (body: string): Output => ({
    returns: { statusCode: 200, headers: { "content-type": "application/json", etag: "a" }, body },
  });

  test("are mapped", async () => {
    const { status, headers, body } = await asked(json('{"n":7}'), "GET", "/judged");
    expect([status, body.toString("utf8"), headers["content-length"], headers["etag"]]).toEqual([200, '{"m":7}', "7", undefined]);
  });

  test("go no further where they are none", async () => {
    for (const body of ['{"n":"7"}', '{"n":1,"n":7}', "7", "no"]) expect((await asked(json(body), "GET", "/judged")).status).toBe(502);
    expect((await asked({ returns: { statusCode: 500, body: "oops" } }, "GET", "/judged")).status).toBe(500);
  });
});

describe("events", () => {
  test("version 2.0, signed, with the text of a JSON body", async () => {
    output = { returns: { statusCode: 200 } };
    await call("POST", "/newer/a/b?q=1&q=2", { "content-type": "application/json", cookie: "a=1; b=2" }, '{"ü":1}');
    expect(lambda.events).toMatchObject([
      {
        version: "2.0",
        routeKey: "ANY /newer/{path: Rest}",
        rawPath: "/newer/a/b",
        rawQueryString: "q=1&q=2",
        cookies: ["a=1", "b=2"],
        queryStringParameters: { q: "1,2" },
        pathParameters: { path: "a/b" },
        headers: { host: "shop.example", "content-type": "application/json", "x-forwarded-for": "127.0.0.1" },
        requestContext: { accountId: "111122223333", apiId: "a1b2c3", http: { method: "POST", sourceIp: "127.0.0.1" } },
        body: '{"ü":1}',
        isBase64Encoded: false,
      },
    ]);
  });

  test("version 1.0, by ARN, with bytes in base64", async () => {
    output = { returns: { statusCode: 200, body: "" } };
    await call("PUT", "/older/a?x=1", { "content-type": "image/png" }, Uint8Array.of(0xff, 0, 1));
    expect(lambda.events).toMatchObject([
      {
        version: "1.0",
        httpMethod: "PUT",
        resource: "/older/{path: Rest}",
        multiValueQueryStringParameters: { x: ["1"] },
        body: "/wAB",
        isBase64Encoded: true,
      },
    ]);
  });

  test("what is said to be text and is none comes in base64; without a body there is none", async () => {
    output = { returns: { statusCode: 200, body: "" } };
    await call("POST", "/newer/a", { "content-type": "text/plain" }, Uint8Array.of(0xff));
    await call("GET", "/newer/a");
    await call("GET", "/older/a");
    expect(lambda.events[0]).toMatchObject({ body: "/w==", isBase64Encoded: true });
    expect(lambda.events[1]).not.toHaveProperty("body");
    expect(lambda.events[2]).toMatchObject({ body: null, isBase64Encoded: false });
  });

  test("connections to the Invoke API are kept", async () => {
    const before = lambda.connections();
    for (let turn = 0; turn < 5; turn++) await asked({ returns: { statusCode: 204 } });
    expect(lambda.connections() - before).toBeLessThan(2);
  });
});

describe("answers", () => {
  test("status, fields, cookies and text; the route's own fields beside", async () => {
    const returns = {
      statusCode: 201,
      headers: { "X-One": "1", "Content-Type": "text/plain" },
      cookies: ["a=1", "b=2; Secure"],
      body: "gut",
    };
    const { status, headers, body } = await asked({ returns });
    expect({ status, body: body.toString() }).toEqual({ status: 201, body: "gut" });
    expect(headers).toMatchObject({ "x-one": "1", "content-type": "text/plain", "set-cookie": ["a=1", "b=2; Secure"], "x-from": "gwl" });
  });

  test("bytes in base64, and several fields of a name in version 1.0", async () => {
    const returns = { statusCode: "200", multiValueHeaders: { "X-M": ["1", "2"] }, body: "/wAB", isBase64Encoded: true };
    const { status, headers, body } = await asked({ returns }, "GET", "/older/x");
    expect([status, headers["x-m"], body]).toEqual([200, "1, 2", Buffer.from([0xff, 0, 1])]);
  });

  test("version 2.0 may return the body alone", async () => {
    const { status, headers, body } = await asked({ returns: { hello: "you" } });
    expect([status, headers["content-type"], body.toString()]).toEqual([200, "application/json", '{"hello":"you"}']);
  });

  test("an answer to HEAD has no body", async () => {
    const { status, body } = await asked({ returns: { statusCode: 200, body: "text" } }, "HEAD");
    expect([status, body.length]).toEqual([200, 0]);
  });
});

describe("faults", () => {
  test.each<[what: string, output: Output, path: string, status: number]>([
    ["no statusCode in version 1.0", { returns: { hello: 1 } }, "/older/x", 502],
    ["no JSON", { bytes: "<html>" }, "/newer/x", 502],
    ["a body that is no text", { returns: { statusCode: 200, body: { a: 1 } } }, "/newer/x", 502],
    ["a body that is no base64", { returns: { statusCode: 200, body: "*", isBase64Encoded: true } }, "/newer/x", 502],
    ["a field that breaks a line", { returns: { statusCode: 200, headers: { a: "1\r\nb: 2" } } }, "/newer/x", 502],
    ["a status that is none", { returns: { statusCode: 99 } }, "/newer/x", 502],
    ["it threw", { error: { errorType: "Error", errorMessage: "secret detail" } }, "/newer/x", 502],
    ["it ran too long", { error: { errorType: "Sandbox.Timedout", errorMessage: "Task timed out after 3.00 seconds" } }, "/newer/x", 504],
    ["it says nothing", { silence: true }, "/newer/x", 504],
    ["too many at once", { status: 429 }, "/newer/x", 503],
    ["the service fails", { status: 500 }, "/newer/x", 502],
  ])("%s: %s", async (_what, given, path, status) => {
    const answered = await asked(given, "GET", path);
    expect(answered.status).toBe(status);
    expect(answered.body.toString()).not.toContain("secret detail");
    expect(lambda.events).toHaveLength(1);
  });

  test("an event of more than 6 MiB is refused, and nothing is invoked", async () => {
    output = { returns: { statusCode: 200 } };
    const limits = await call("POST", "/newer/x", { "content-type": "image/png" }, Buffer.alloc(5 * 1024 * 1024));
    expect([limits.status, lambda.events.length]).toEqual([413, 0]);
  });

  test("without credentials nothing is invoked", async () => {
    const poor = startGateway(bundle, { LAMBDA: lambda.url, AWS_REGION: REGION, AWS_EC2_METADATA_DISABLED: "true" });
    try {
      const { status } = await call("GET", "/newer/x", {}, undefined, await portOf(poor));
      expect([status, lambda.events.length]).toEqual([503, 0]);
    } finally {
      poor.child.kill("SIGTERM");
      await endOf(poor);
    }
  });
});

describe("streams", () => {
  const head = `${JSON.stringify({ statusCode: 206, headers: { "X-S": "1" }, cookies: ["c=1"] })}${"\0".repeat(8)}`;

  test("head, then pieces; complete when the function ended well", async () => {
    const answered = await asked({ pieces: [head.slice(0, 9), `${head.slice(9)}one`, "two"], end: "well" }, "GET", "/streaming/x");
    expect([answered.status, answered.body.toString(), answered.isCut]).toEqual([206, "onetwo", false]);
    expect(answered.headers).toMatchObject({ "x-s": "1", "set-cookie": ["c=1"] });
  });

  test.each(["error", "damaged", "lost"] as const)("%s: never taken for the whole", async (end) => {
    const pieces = [head, ...Array.from({ length: 20 }, () => "piece")];
    const answered = await asked({ pieces, end }, "GET", "/streaming/x");
    expect([answered.status, answered.isCut]).toEqual([206, true]);
  });

  test("no head, or a fault before it: 502", async () => {
    expect((await asked({ pieces: ["just text", "\0".repeat(8)], end: "well" }, "GET", "/streaming/x")).status).toBe(502);
    expect((await asked({ pieces: [], end: "error" }, "GET", "/streaming/x")).status).toBe(502);
    expect((await asked({ pieces: [], end: "well" }, "GET", "/streaming/x")).status).toBe(502);
  });
});
