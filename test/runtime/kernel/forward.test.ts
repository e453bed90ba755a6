import { expect, test } from "vitest";
import type { HeaderField } from "../../../runtime/contract/gateway.ts";
import type { CanonicalRequest } from "../../../runtime/kernel/canonical-request.ts";
import { forwardHeaders, type ForwardFacts } from "../../../runtime/kernel/forward.ts";
import { responseFields } from "../../../runtime/kernel/response-fields.ts";

const facts: ForwardFacts = { client: "192.0.2.1", protocol: "https", requestId: "r1", set: [] };
const added: readonly HeaderField[] = [
  ["x-forwarded-for", "192.0.2.1"],
  ["x-forwarded-proto", "https"],
  ["x-forwarded-host", "api.example:8443"],
  ["x-request-id", "r1"],
];

function request(...headers: readonly HeaderField[]): CanonicalRequest {
  const rest = { method: "GET", path: "/", query: undefined, contentLength: undefined, hasBody: false, isUpgrade: false };
  return { ...rest, host: "api.example", authority: "api.example:8443", headers };
}

const never = [
  "connection",
  "keep-alive",
  "proxy-connection",
  "proxy-authorization",
  "proxy-authenticate",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "host",
  "content-length",
  "expect",
  "forwarded",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-proto",
  "x-forwarded-port",
  "x-forwarded-prefix",
  "x-forwarded-",
  "x-real-ip",
  "x-request-id",
  "x-http-method",
  "x-http-method-override",
  "x-method-override",
  "x-original-url",
  "x-rewrite-url",
  "x-middleware-subrequest",
  "client-cert",
  "client-cert-chain",
];

test.each(never)("a client's `%s` reaches no backend", (name) => {
  expect(forwardHeaders(request([name, "evil"]), facts)).toEqual(added);
});

test("what `connection` names is dropped, each field of it counts, the gateway's own stay", () => {
  const headers = request(
    ["connection", "close, x-one"],
    ["x-one", "1"],
    ["x-two", "2"],
    ["connection", "x-two,x-request-id"],
    ["x-three", "3"],
  );
  expect(forwardHeaders(headers, facts)).toEqual([["x-three", "3"], ...added]);
});

test("kept fields keep order and repetitions, set ones come last by name, replace, and may remove", () => {
  const headers = request(["b", "1"], ["authorization", "Bearer x"], ["a", "2"], ["b", "3"], ["x-gone", "4"], ["x-set", "5"]);
  const set = [
    ["x-set", "ours"],
    ["x-gone", undefined],
    ["a-set", ""],
  ] as const;
  expect(forwardHeaders(headers, { ...facts, set })).toEqual([
    ["b", "1"],
    ["authorization", "Bearer x"],
    ["a", "2"],
    ["b", "3"],
    ...added,
    ["a-set", ""],
    ["x-set", "ours"],
  ]);
});

test("without a host there is no `x-forwarded-host`", () => {
  const names = forwardHeaders({ ...request(), authority: "", host: "" }, facts)?.map(([name]) => name);
  expect(names).toEqual(["x-forwarded-for", "x-forwarded-proto", "x-request-id"]);
});

test.each(["a\r\nX-Admin: 1", "a\nb", "a\0", "a\tb", "\x7f", "\u20ac", "\u010a"])("a value %j to set refuses the request", (value) => {
  expect(forwardHeaders(request(), { ...facts, set: [["x-set", value]] })).toBeUndefined();
});

test("latin1 may be set", () => {
  expect(forwardHeaders(request(), { ...facts, set: [["x-set", "caf\u00e9"]] })).toContainEqual(["x-set", "caf\u00e9"]);
});

test("an answer's fields: hop-by-hop dropped, set ones replaced, a length beside chunks dropped", () => {
  const raw = [
    "Content-Length",
    "5",
    "Transfer-Encoding",
    "chunked",
    "Server",
    "b",
    "X-A",
    "1",
    "Connection",
    "x-b",
    "X-B",
    "1",
    "x-a",
    "2",
    "Via",
    "1.1 b",
  ];
  expect(
    responseFields(raw, {
      responseHeaders: [
        ["x-a", []],
        ["x-c", ["1", "2"]],
      ],
      addedHeaders: [["via", "1.1 c"]],
    }),
  ).toEqual([
    ["server", "b"],
    ["via", "1.1 b"],
    ["x-c", "1"],
    ["x-c", "2"],
    ["via", "1.1 c"],
  ]);
});

test.each([
  ["X A", "1"],
  ["", "1"],
  ["X-A", "a\nb"],
  ["X-A", "a\0"],
])("an answer with %j: %j is not passed on", (name, value) => {
  expect(responseFields([name, value], { responseHeaders: [] })).toBeUndefined();
});
