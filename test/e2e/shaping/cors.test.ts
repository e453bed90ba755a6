/** The CORS protocol over sockets: on what backends answer, and on refusals that the host makes itself. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { exchangeRaw, statuses } from "../../runtime/hosts/raw-client.ts";
import { type OpenGateway, openGateway } from "../../shaping/open-gateway.ts";

const TEXT = `
backend up = http { targets: [BACKEND] }
backend gone = http { targets: [NOWHERE] }
gateway g {
  listen 0
  cors { origins: ["https://shop.example"], credentials: true }
}
GET "/up" -> up { public because "a test" }
POST "/up" -> up { public because "a test" }
GET "/reset" -> up { public because "a test" }
GET "/gone" -> gone { public because "a test" }
GET "/own" { public because "a test", cors none, respond 200 }
`;

let gateway: OpenGateway;
let isClockBroken = false;
/** The host reads the clock first, for its log. */
let readings = 0;
const calls: string[] = [];
beforeAll(async () => {
  gateway = await openGateway(
    TEXT,
    (request, response) => {
      calls.push(`${request.method} ${request.url}`);
      if (request.url === "/reset") return void request.socket.destroy();
      response.writeHead(
        200,
        [
          ["Access-Control-Allow-Origin", "*"],
          ["Access-Control-Allow-Methods", "GET"],
          ["Vary", "Accept-Encoding"],
        ].flat(),
      );
      response.end("from the backend");
    },
    { now: () => (isClockBroken && readings++ > 0 ? Number.NaN : Date.now()) },
  );
});
afterAll(() => gateway.close());

function ask(line: string, fields = "Origin: https://shop.example\r\n"): Promise<string> {
  return exchangeRaw(gateway.port, `${line} HTTP/1.1\r\nHost: a\r\n${fields}Connection: close\r\n\r\n`, 2_000);
}

/** Values of a field, in order. */
function values(answer: string, name: string): readonly string[] {
  const head = answer.slice(0, answer.indexOf("\r\n\r\n"));
  return [...head.matchAll(new RegExp(`^${name}: (.*)$`, "gim"))].map(([, value = ""]) => value.trim());
}

const ALLOWED = ["https://shop.example"];

test("what a backend says of other origins gives way, and its Vary stays", async () => {
  const answer = await ask("GET /up");
  expect(statuses(answer)).toEqual([200]);
  expect(values(answer, "access-control-allow-origin")).toEqual(ALLOWED);
  expect(values(answer, "access-control-allow-credentials")).toEqual(["true"]);
  expect(values(answer, "access-control-allow-methods")).toEqual([]);
  expect(values(answer, "vary")).toEqual(["Accept-Encoding", "Origin"]);
});

test("pages that nobody named, or that name themselves twice, are told nothing", async () => {
  for (const fields of ["Origin: https://evil.example\r\n", "", "Origin: https://shop.example\r\nOrigin: https://shop.example\r\n"]) {
    const answer = await ask("GET /up", fields);
    expect(statuses(answer)).toEqual([200]);
    expect(values(answer, "access-control-allow-origin")).toEqual([]);
    expect(values(answer, "vary")).toEqual(["Accept-Encoding", "Origin"]);
  }
});

test("a preflight comes to no backend, and asks for no credentials", async () => {
  const before = calls.length;
  const answer = await ask("OPTIONS /up", "Origin: https://shop.example\r\nAccess-Control-Request-Method: POST\r\n");
  expect(statuses(answer)).toEqual([204]);
  expect(values(answer, "access-control-allow-origin")).toEqual(ALLOWED);
  expect(values(answer, "access-control-allow-methods")).toEqual(["POST"]);
  expect(answer.endsWith("\r\n\r\n")).toBe(true);
  expect(calls).toHaveLength(before);
});

test.each([
  ["a backend that breaks off", "GET /reset", 502],
  ["a backend that is away", "GET /gone", 502],
  ["no route", "GET /nowhere", 404],
  ["no such method", "DELETE /up", 405],
  ["a malformed target", "GET /up/../x", 400],
])("%s: the refusal can be read by the page", async (_what, line, status) => {
  const answer = await ask(line);
  expect(statuses(answer)).toEqual([status]);
  expect(values(answer, "access-control-allow-origin")).toEqual(ALLOWED);
  expect(values(answer, "vary")).toEqual(["Origin"]);
});

test("a fault of the gateway itself can be read as well", async () => {
  isClockBroken = true;
  readings = 0;
  const answer = await ask("GET /up").finally(() => (isClockBroken = false));
  expect(statuses(answer)).toEqual([500]);
  expect(values(answer, "access-control-allow-origin")).toEqual(ALLOWED);
});

test("a body that breaks the protocol: so can the refusal that the parser's fault brings", async () => {
  const fields = "Origin: https://shop.example\r\nTransfer-Encoding: chunked\r\n";
  const answer = await exchangeRaw(gateway.port, `POST /up HTTP/1.1\r\nHost: a\r\n${fields}\r\nnonsense\r\n`, 2_000);
  expect(statuses(answer)).toEqual([400]);
  expect(values(answer, "access-control-allow-origin")).toEqual(ALLOWED);
});

test("`cors none` says nothing, preflights included", async () => {
  expect(values(await ask("GET /own"), "access-control-allow-origin")).toEqual([]);
  const asked = await ask("OPTIONS /own", "Origin: https://shop.example\r\nAccess-Control-Request-Method: GET\r\n");
  expect(statuses(asked)).toEqual([405]);
});
