/** Lines of the log: their forms, what is masked, and that nobody forges one. */
import { PassThrough } from "node:stream";
import { describe, expect, test } from "vitest";
import type { HostLog } from "../../../runtime/contract/observe.ts";
import { logWriter } from "../../../runtime/hosts/node/log-writer.ts";
import type { CallRecord } from "../../../runtime/observe/call-record.ts";
import { callLog } from "../../../runtime/observe/log/call-log.ts";

const plain: HostLog = { format: "json", mask: [], headers: [], decisions: "none" };
const principal = { identity: "Customer", id: "jane@example.com", claims: { sub: "secret claim" } };
const call: CallRecord = {
  time: Date.UTC(2026, 9, 10, 13, 55, 36),
  id: "c0ffee",
  client: "203.0.113.77",
  method: "GET",
  target: "/orders/42?token=secret",
  httpVersion: "1.1",
  rawHeaders: ["Host", "shop", "User-Agent", 'cu"rl\\8', "Referer", "https://a.example/"],
  status: 200,
  outcome: {
    requestId: "c0ffee",
    client: "203.0.113.77",
    decision: { effect: "allow", cause: "rule", rules: ["0/1"], route: "GET /orders/{id}", parameters: {}, principal },
    answer: { kind: "local", status: 200, headers: [], body: "" },
  },
  duration: 12,
  backendTime: 10,
  phases: { authenticate: 1, decide: 1.5 },
  bytesIn: 0,
  bytesOut: 2326,
  isCut: false,
  notes: {},
};

function lines(settings: Partial<HostLog>, record: Partial<CallRecord> = {}): readonly (object | string)[] {
  const written: (object | string)[] = [];
  const digest = (text: string): string => `<${text.length}>`;
  const write = (line: object | string): void => void written.push(line);
  callLog({ settings: { ...plain, ...settings }, sites: ["shop.gwl:10", "policies.gwl:3"], write, digest }).ended({ ...call, ...record });
  return written;
}

describe("lines of JSON", () => {
  test("have the fields that the program wants, in its order", () => {
    const fields = ["status", "rules", "id", "authorizer_ms", "fault", "time"];
    const [line] = lines({ fields });
    expect(JSON.stringify(line)).toBe(
      '{"status":200,"rules":["shop.gwl:10>policies.gwl:3"],"id":"c0ffee","authorizer_ms":0.5,"time":"2026-10-10T13:55:36.000Z"}',
    );
  });

  test("never have a query, a claim, or a field that was not asked for", () => {
    const text = JSON.stringify(lines({ headers: ["user-agent"], decisions: "all" }));
    expect(text).not.toMatch(/secret|a\.example/);
    expect(text).toContain('"headers":{"user-agent":"cu');
  });

  test("tell masked callers apart, and not who they are", () => {
    const [line] = lines({ mask: ["client", "principal", "path"], fields: ["client", "principal", "path"] });
    expect(line).toEqual({ client: "203.0.113.0", principal: { identity: "Customer", id: "<25>" }, path: "/orders/{id}" });
    expect(lines({ mask: ["client"], fields: ["client"] }, { client: "2001:db8:a:b:c::1" })).toEqual([{ client: "2001:db8:a::" }]);
  });

  test("about decisions name the rules by file and line", () => {
    expect(lines({ decisions: "all", mask: ["principal"] })[1]).toEqual({
      time: "2026-10-10T13:55:36.000Z",
      event: "decision",
      id: "c0ffee",
      route: "GET /orders/{id}",
      effect: "allow",
      cause: "rule",
      rules: ["shop.gwl:10>policies.gwl:3"],
      principal: { identity: "Customer", id: "<25>" },
      status: 200,
    });
    expect(lines({ decisions: "denied" })).toHaveLength(1);
  });
});

describe("the common format", () => {
  test("is what its readers know", () => {
    expect(lines({ format: "common" })).toEqual([
      '203.0.113.77 - jane@example.com [10/Oct/2026:13:55:36 +0000] "GET /orders/42 HTTP/1.1" 200 2326',
    ]);
    expect(lines({ format: "combined" })).toEqual([
      '203.0.113.77 - jane@example.com [10/Oct/2026:13:55:36 +0000] "GET /orders/42 HTTP/1.1" 200 2326 "https://a.example/" "cu\\"rl\\\\8"',
    ]);
  });

  test.each([
    ["a line feed", "a\nb", "a\\x0ab"],
    ["a quote", 'a" 200 1 "b', 'a\\" 200 1 \\"b'],
    ["a backslash", "a\\b", "a\\\\b"],
    ["an escape for terminals", "\u001b[31m", "\\x1b[31m"],
    ["one of eight bits", "\u009b31m", "\\xc2\\x9b31m"],
    ["a line separator", "a\u2028b", "a\\xe2\\x80\\xa8b"],
  ])("%s in what a client sends ends no line and begins no field", (_what, sent, shown) => {
    const [line] = lines({ format: "combined" }, { target: `/${sent}`, rawHeaders: ["User-Agent", sent] });
    expect(line).toContain(`"GET /${shown} HTTP/1.1"`);
    expect(line).toMatch(/^[\x20-\x7e]*$/);
    expect(String(line).endsWith(`"-" "${shown}"`)).toBe(true);
  });
});

describe("the writer", () => {
  test("writes what ends lines or commands terminals as escapes, which JSON reads back", async () => {
    const out = new PassThrough();
    const writer = logWriter(out);
    const sent = { path: "/a\n\u0085\u2028\u2029\u009b31m\u007f" };
    writer.write(sent);
    await writer.flush();
    const text = String(out.read());
    expect(text).toMatch(/^[\x20-\x7e]*\n$/);
    expect(JSON.parse(text)).toEqual(sent);
  });
});
