import { describe, expect, test } from "vitest";
import { targetProblem } from "../../compiler/constructs/core/backend/target-url.ts";
import { declared } from "./declared.ts";

describe("an http backend", () => {
  test("has targets and a timeout", async () => {
    const { program, told } = await declared(
      'env SPARE: Url = "http://b:8080/base"\nbackend x = http { targets: ["http://a", SPARE], timeout: 5s }',
    );
    expect(told).toEqual([]);
    expect(program.backends).toMatchObject([
      {
        kind: "http",
        name: "x",
        targets: [
          { op: "const", value: "http://a" },
          { op: "env", name: "SPARE" },
        ],
        traffic: { timeouts: { connect: 5000, firstByte: 5000, idle: 5000 } },
      },
    ]);
  });

  test("waits 30 seconds where nothing else is said", async () => {
    expect((await declared('backend x = http { targets: ["http://a"] }')).program.backends).toMatchObject([
      { traffic: { timeouts: { connect: 5_000, firstByte: 30_000, idle: 30_000 } } },
    ]);
  });

  test("tells a wrong value of the environment where it stands, and where it is used", async () => {
    const { findings, told } = await declared(
      'env A: Url = stage { dev: "http://a", prod: "http://a?b" }\nbackend x = http { targets: [A] }',
    );
    expect(told).toEqual(['GWL3903 "\\"http://a?b\\"": `http://a?b` is no target: it has a query']);
    expect(findings[0]?.related.map(({ message }) => message)).toEqual(["used as a target here"]);
  });

  test.each([
    ["backend x = http { }", 'GWL2208 "x": an `http` backend needs the setting `targets`'],
    ["backend x = http { targets: [] }", 'GWL3902 "[]": `targets` is a list in brackets that is not empty'],
    ['backend x = http { targets: "http://a" }', 'GWL3902 "\\"http://a\\"": `targets` is a list in brackets that is not empty'],
    ['backend x = http { targets: ["http://a", "http://a"] }', 'GWL3904 "\\"http://a\\"": the target `http://a` is listed twice'],
    ['backend x = http { targets: ["http://a"], timeout: 5 }', 'GWL2403 "5": `5` has no unit, and `Duration` is expected'],
    ['backend x = http { targets: ["http://a"], timeout: 0s }', 'GWL3905 "0s": a backend cannot have a timeout of `0s`'],
    [
      'backend x = http { targets: ["http://a"], timeout: T }\nenv T: Duration',
      'GWL2211 "T": `timeout` of an `http` backend must be known when the program is compiled',
    ],
    ['backend x = http { targets: ["http://a"], retry 2 on [502] }', 'GWL4331 "retry": `retry` does not say which calls may be sent twice'],
    ['backend x = http { targets: ["http://a"], balance: least }', 'GWL4334 "least": `least` is no way to share calls out'],
    ['backend x = http { target: ["http://a"] }', 'GWL2207 "target": an `http` backend has no setting `target`'],
    ['backend x = queue("f") { }', 'GWL2205 "queue": a backend of kind `queue` is not supported yet'],
    ['backend x = lambda("f") { timeout: 16m }', 'GWL4400 "16m": a function cannot have a timeout of `16m`'],
    ['backend x = lambda("f g")', 'GWL4127 "\\"f g\\"": `f g` is no name of a Lambda function'],
    ['backend x = lambda("f") { region: "Mars" }', 'GWL4127 "\\"Mars\\"": `Mars` is no region'],
    ['backend x = lambda("f") { payload: "3.0" }', 'GWL2402 "\\"3.0\\"": `"3.0"` is no value of `"1.0" | "2.0"`: only these can occur'],
    ["backend x = lambda { }", 'GWL2201 "lambda": `backend` needs `lambda(FUNCTION)` here, found `lambda`'],
    ["backend x = htpp { }", 'GWL3901 "htpp": there is no kind of backend `htpp`'],
    ["backend x = http", 'GWL2201 "": `backend` needs its settings in braces here, found the end of the line'],
  ])("%s is told", async (text, expected) => {
    expect((await declared(text)).told).toEqual([expected]);
  });

  test.each([
    "http://a",
    "https://a",
    "http://a-b.c_d:80",
    "http://10.0.0.1:8080/v1/x",
    "http://[::1]:9000",
    "http://a/",
    "http://a/%20;x=1",
  ])("can call %s", (url) => {
    expect(targetProblem(url)).toBeUndefined();
  });

  test.each([
    ["HTTPS://a", "it does not start with `http://` or `https://`"],
    ["ftp://a", "it does not start with `http://` or `https://`"],
    ["http://a#x", "it has a fragment"],
    ["http://a/?x", "it has a query"],
    ["http://u:p@a", "it has a user or password"],
    ["http://", "its host is neither a name nor an address"],
    ["http://a b", "its host is neither a name nor an address"],
    ["http://a:0", "its port is not from 1 to 65535"],
    ["http://a:65536", "its port is not from 1 to 65535"],
    ["http://a/\u00e9", "its base path has characters that must be encoded"],
    ["http://a/b/../c", "its base path has dot segments"],
  ])("cannot call %s: %s", (url, why) => {
    expect(targetProblem(url)).toBe(why);
  });
});

describe("a respond backend", () => {
  test("has a status, fields and a text", async () => {
    const { program, told } = await declared(
      'backend x = respond { status: 503, headers { "Retry-After": "60", Link: L }, body: "later" }\nlet L = "</x>"',
    );
    expect(told).toEqual([]);
    expect(program.backends).toMatchObject([
      {
        kind: "respond",
        response: {
          status: 503,
          headers: [
            ["content-type", "text/plain; charset=utf-8"],
            ["retry-after", "60"],
            ["link", "</x>"],
          ],
          body: "later",
        },
      },
    ]);
  });

  test.each([
    ['backend x = respond { status: 200, headers { "Content-Type": "text/html" }, body: "<p>" }', [["content-type", "text/html"]]],
    ["backend x = respond { status: 204 }", []],
  ])("adds a content type only where a body has none: %s", async (text, headers) => {
    expect((await declared(text)).program.backends).toMatchObject([{ response: { headers } }]);
  });

  test.each([
    ["backend x = respond { }", 'GWL2208 "x": a `respond` backend needs the setting `status`'],
    ["backend x = respond { status: 99 }", 'GWL3906 "99": `99` is no status of an answer'],
    ["backend x = respond { status: 600 }", 'GWL3906 "600": `600` is no status of an answer'],
    ['backend x = respond { status: 204, body: "x" }', 'GWL3907 "\\"x\\"": an answer with status 204 has no body'],
    [
      'backend x = respond { status: 200, headers { "A B": "x" } }',
      'GWL3908 "\\"A B\\"": the header `A B` cannot be set here: it is not the name of a field',
    ],
    ['backend x = respond { status: 200, headers { A: "x", a: "y" } }', 'GWL3908 "a": the header `a` cannot be set here: it is set twice'],
    [
      'backend x = respond { status: 200, headers { Host: "x" } }',
      'GWL3908 "Host": the header `Host` cannot be set here: the gateway writes it itself',
    ],
    [
      'backend x = respond { status: 200, headers { A: "x\\ny" } }',
      'GWL3908 "A": the header `A` cannot be set here: its value has characters that no header may have',
    ],
    ["backend x = respond { status: 200, headers { A } }", 'GWL3908 "A": the header `A` cannot be set here: it is not `NAME: TEXT`'],
    ["backend x = respond { status: 200, headers: 5 }", 'GWL2210 "headers": `headers` is written as `headers { ... }`'],
    [
      "backend x = respond { status: 200, headers { A: E } }\nenv E: String",
      'GWL3908 "A": the header `A` cannot be set here: its value must be known when the program is compiled',
    ],
  ])("%s is told", async (text, expected) => {
    expect((await declared(text)).told).toEqual([expected]);
  });
});
