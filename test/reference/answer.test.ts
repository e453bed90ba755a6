/** D18, D22, D23, D47: what backends and clients get. */
import { expect, test } from "vitest";
import { ask, type Asked, headersOf } from "./ask.ts";
import {
  allow,
  blocks,
  constant,
  expr,
  gateway,
  group,
  header,
  open,
  program,
  responds,
  route,
  setHeader,
  STRING,
} from "./program-builder.ts";

const ID = "00000000000000000000000000000001";
const ACCESS = { access: [open(0)] };
const PLAIN = program(gateway([route("ANY /{path*}", ACCESS)], { trustProxies: [blocks("10.0.0.0/8")] }));

async function fieldsSent(asked: Asked, root = PLAIN): Promise<unknown> {
  const { answer } = await ask(root, "GET /", asked);
  return answer.kind === "forward" ? headersOf(answer) : answer;
}
const OURS = [
  ["x-forwarded-for", "192.0.2.1"],
  ["x-forwarded-proto", "http"],
  ["x-forwarded-host", "h"],
  ["x-request-id", ID],
];

test("a forwarded request keeps method, canonical path and the query as it came", async () => {
  const { answer } = await ask(PLAIN, "GET /%61%3a/?q=%61&");
  expect(answer).toEqual({
    kind: "forward",
    backend: "b",
    method: "GET",
    target: "/a%3A?q=%61&",
    headers: OURS,
    body: "none",
    responseHeaders: [["x-request-id", [ID]]],
  });
});

test("fields are kept in order with lower-case names; what is ours, hop-by-hop or named by connection is not", async () => {
  const dropped =
    "Keep-Alive Proxy-Connection Proxy-Authorization Proxy-Authenticate TE Trailer Forwarded X-Forwarded-For X-Forwarded-Anything X-Real-IP X-Request-Id " +
    "X-HTTP-Method X-HTTP-Method-Override X-Method-Override X-Original-URL X-Rewrite-URL X-Middleware-Subrequest X-Hop";
  const headers = [
    ["B", " 2\t"],
    ["Connection", "close, x-hop"],
    ["Authorization", "Basic x"],
    ["b", "1"],
  ] as const;
  const sent = async (names: readonly string[]): Promise<unknown> =>
    fieldsSent({ headers: [...headers, ...names.map((name) => [name, "1"] as const)] });
  const kept = [["b", "2"], ["authorization", "Basic x"], ["b", "1"], ...OURS];
  expect(await sent(dropped.split(" ").slice(0, 9))).toEqual(kept);
  expect(await sent(dropped.split(" ").slice(9))).toEqual(kept);
});

test("the scheme is the connection's, or what a trusted peer says", async () => {
  const proto = async (asked: Asked): Promise<unknown> => new Map((await fieldsSent(asked)) as [string, string][]).get("x-forwarded-proto");
  const headers = [["X-Forwarded-Proto", "HTTPS"]] as const;
  expect(await proto({ secure: true })).toBe("https");
  expect(await proto({ headers })).toBe("http");
  expect(await proto({ headers, peer: "10.0.0.1" })).toBe("https");
  expect(await proto({ headers: [["X-Forwarded-Proto", "ws"]], peer: "10.0.0.1" })).toBe("http");
});

test("without Host there is no x-forwarded-host, with a port it has one", async () => {
  const host = async (asked: Asked): Promise<unknown> => new Map((await fieldsSent(asked)) as [string, string][]).get("x-forwarded-host");
  expect(await host({ httpVersion: "1.0", rawHeaders: [] })).toBeUndefined();
  expect(await host({ rawHeaders: ["Host", "API.example:8443"] })).toBe("api.example:8443");
});

test.each<[Asked, string]>([
  [{ headers: [["Content-Length", "0"]] }, "none"],
  [{ headers: [["Content-Length", "5"]] }, "stream"],
  [{ headers: [["Transfer-Encoding", "Chunked"]] }, "stream"],
])("%j: the body is %s", async (asked, body) => {
  const { answer } = await ask(PLAIN, "POST /", asked);
  expect(answer.kind === "forward" && answer.body).toBe(body);
});

const absent = header("nowhere");
const TRANSFORMED = program(
  gateway(
    [
      group("/", [route("GET /", { ...ACCESS, transforms: [setHeader("x-b", constant("route")), setHeader("x-gone", absent)] })], {
        transforms: [setHeader("x-b", constant("group")), setHeader("x-c", constant("group"))],
      }),
    ],
    {
      transforms: [
        setHeader("x-a", constant("gateway")),
        setHeader("server", absent, "response"),
        setHeader("age", constant("1"), "response"),
      ],
    },
  ),
);

test("set headers replace the client's, the nearest level wins, and an absent value removes", async () => {
  const headers = [
    ["X-B", "client"],
    ["X-Gone", "client"],
    ["X-D", "client"],
  ] as const;
  const { answer } = await ask(TRANSFORMED, "GET /", { headers });
  expect(headersOf(answer)).toEqual([["x-d", "client"], ...OURS, ["x-a", "gateway"], ["x-b", "route"], ["x-c", "group"]]);
  expect(answer.kind === "forward" && answer.responseHeaders).toEqual([
    ["age", ["1"]],
    ["server", []],
    ["x-request-id", [ID]],
  ]);
});

test("a respond answers by itself, with response transforms", async () => {
  const transforms = [setHeader("content-type", constant("text/html"), "response"), setHeader("a", constant("1"), "response")];
  const plain = await ask(program(gateway([route("GET /", { ...ACCESS, target: responds })])), "HEAD /");
  expect(plain.answer).toEqual({
    kind: "local",
    status: 200,
    headers: [
      ["content-type", "text/plain"],
      ["x-request-id", ID],
    ],
    body: "ok",
  });
  const set = await ask(program(gateway([route("GET /", { ...ACCESS, target: responds, transforms })])), "GET /");
  expect(headersOf(set.answer)).toEqual([
    ["a", "1"],
    ["content-type", "text/html"],
    ["x-request-id", ID],
  ]);
});

test("a backend may be a respond", async () => {
  const backends = [
    { kind: "respond", name: "b", response: { status: 410, headers: [], body: "" }, span: { file: "", start: 0, end: 0 } },
  ] as const;
  const { answer, decision } = await ask(program(gateway([route("GET /", ACCESS)]), { backends }), "GET /");
  expect([answer.kind === "local" && answer.status, decision.effect]).toEqual([410, "allow"]);
});

test("a refusal is a problem with exactly these headers, and no set ones", async () => {
  const outcome = await ask(
    program(gateway([route("GET /{a}")], { transforms: [setHeader("x-a", constant("1"), "response")] })),
    "GET /1?%",
  );
  expect(outcome).toEqual({
    requestId: ID,
    client: "192.0.2.1",
    decision: { effect: "deny", cause: "malformed", rules: [], parameters: {} },
    answer: {
      kind: "local",
      status: 400,
      headers: [
        ["content-type", "application/problem+json"],
        ["cache-control", "no-store"],
        ["x-request-id", ID],
      ],
      body: '{"type":"urn:gwl:refusal:malformed","title":"Bad request","status":400}',
    },
  });
});

test("numbers and addresses in set headers are their texts", async () => {
  const concat = expr(STRING, { op: "concat", parts: [constant(7), constant("-"), expr({ kind: "ip" }, { op: "clientIp" })] });
  const { answer } = await ask(program(gateway([route("GET /", { access: [allow(1)], transforms: [setHeader("x", concat)] })])), "GET /");
  expect(headersOf(answer)).toContainEqual(["x", "7-192.0.2.1"]);
});
