import aws4 from "aws4";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { PATIENCE, runs, runSize } from "../../properties/run-size.ts";
import { dullHand, fastHand, sha256, type Trial, type TrialRules } from "./hands.ts";

const NOW = Date.UTC(2026, 0, 5, 12);
const DAY = 86_400_000;
const KEYS = [
  { id: "AKIAALICEEXAMPLE0001", secret: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" },
  { id: "ASIADEPLOYEXAMPLE001", secret: "je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY", token: "session/token+=1" },
  { id: "AKIAEXPIREDEXAMPLE01", secret: "je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEOLD", expires: NOW },
] as const;
const RULES: TrialRules = { service: "execute-api", regions: ["eu-west-1", "us-east-1"], keys: KEYS, now: NOW };
const HANDS = [false, true].map((unsignedPayload) => ({
  fast: fastHand({ ...RULES, unsignedPayload }),
  dull: dullHand({ ...RULES, unsignedPayload }),
}));

/** What is signed: mostly in order, now and then at an edge. */
const wanted = fc.record({
  method: fc.constantFrom("GET", "POST", "DELETE"),
  path: fc.constantFrom("/", "/a/b", "/a%20b/", "/%C3%A9/%7e", "/a//b/./c/../d", "/a/%2e%2e/b", "/x:y@z,(1)"),
  query: fc.constantFrom("", "a=1", "b=2&a=1&a=0", "a=x%20y+z", "a&b=&&c", "%41=%42&z=%2f", "A=1&a=2"),
  body: fc.constantFrom("", "", "hello", '{"n":1}'),
  key: fc.nat(2),
  token: fc.constantFrom("own", "own", "own", "another"),
  unknown: fc.integer({ min: 0, max: 9 }),
  region: fc.constantFrom("eu-west-1", "us-east-1", "eu-west-1", "eu-west-2"),
  service: fc.constantFrom("execute-api", "execute-api", "execute-api", "s3"),
  age: fc.constantFrom(0, 0, 1000, 299_000, 300_000, 301_000, -300_000, -301_000, 899_000, 900_000, 901_000, DAY),
  life: fc.constantFrom(undefined, "1", "900", "604800", "604801", "0", "09", "x"),
  query_form: fc.boolean(),
  payload: fc.constantFrom(undefined, undefined, "own", "UNSIGNED-PAYLOAD", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD", "0".repeat(64), "short"),
  field: fc.constantFrom(undefined, "x-amz-meta-a", "x-note"),
});
type Wanted = typeof wanted extends fc.Arbitrary<infer Value> ? Value : never;

/** What happens to it on the way. */
const change = fc.constantFrom<(trial: Trial) => Trial>(
  (trial) => trial,
  (trial) => ({ ...trial, method: "PUT" }),
  (trial) => ({ ...trial, path: `${trial.path}/` }),
  (trial) => ({ ...trial, query: `${trial.query ?? ""}&x=1` }),
  (trial) => ({ ...trial, query: (trial.query ?? "").split("&").toReversed().join("&") }),
  (trial) => ({ ...trial, query: (trial.query ?? "").replaceAll("%20", "+") }),
  (trial) => ({ ...trial, query: (trial.query ?? "").replaceAll("X-Amz-Signature", "x-amz-signature") }),
  (trial) => ({ ...trial, query: `${trial.query ?? ""}&X-Amz-Date=20260105T120000Z` }),
  (trial) => ({ ...trial, body: Buffer.concat([trial.body, Buffer.from("!")]) }),
  (trial) => ({ ...trial, headers: trial.headers.toReversed() }),
  (trial) => ({ ...trial, headers: [...trial.headers, ["x-amz-later", "1"]] }),
  (trial) => ({ ...trial, headers: [...trial.headers, ["x-later", "1"]] }),
  (trial) => ({ ...trial, headers: [...trial.headers, ["date", "Mon, 05 Jan 2026 12:00:00 GMT"]] }),
  (trial) => ({ ...trial, headers: trial.headers.flatMap((field) => (field[0] === "x-amz-date" ? [field, field] : [field])) }),
  (trial) => ({ ...trial, headers: trial.headers.filter(([name]) => name !== "x-amz-date") }),
  (trial) => ({ ...trial, headers: trial.headers.filter(([name]) => name !== "x-amz-security-token") }),
  (trial) => onAuthorization(trial, (value) => value.replaceAll(", ", ",")),
  (trial) => onAuthorization(trial, (value) => value.replace(/(Credential=[^,]*), (SignedHeaders=[^,]*)/, "$2,   $1")),
  (trial) => onAuthorization(trial, (value) => value.replace(/Signature=(.*)$/, (_, hex: string) => `Signature=${hex.toUpperCase()}`)),
  (trial) => onAuthorization(trial, (value) => value.replace("SignedHeaders=host;", "SignedHeaders=host;host;")),
  (trial) => onAuthorization(trial, (value) => value.replace("aws4_request", "aws4_request/x")),
  (trial) => onAuthorization(trial, (value) => value.replace("AWS4-HMAC-SHA256", "AWS4-ECDSA-P256-SHA256")),
  (trial) => onAuthorization(trial, (value) => value.replace("AWS4", "Bearer AWS4")),
);

function onAuthorization(trial: Trial, change: (value: string) => string): Trial {
  return { ...trial, headers: trial.headers.map(([name, value]) => [name, name === "authorization" ? change(value) : value] as const) };
}

function signedTrial(w: Wanted): Trial {
  const key = w.unknown === 0 ? { id: "AKIANOBODYEXAMPLE001", secret: "x" } : (KEYS[w.key] ?? KEYS[0]);
  const stamp = new Date(NOW - w.age).toISOString().replaceAll(/[-:]|\.\d+/g, "");
  const payload = w.payload === "own" ? sha256(w.body) : w.payload;
  const fields = {
    Host: "api.example",
    ...(payload === undefined ? {} : { "X-Amz-Content-Sha256": payload }),
    ...(w.field === undefined ? {} : { [w.field]: "a   b" }),
  };
  const dated = w.query_form ? fields : { ...fields, "X-Amz-Date": stamp };
  const parameters = w.query_form ? [`X-Amz-Date=${stamp}`, ...(w.life === undefined ? [] : [`X-Amz-Expires=${w.life}`])] : [];
  const query = [...(w.query === "" ? [] : [w.query]), ...parameters].join("&");
  const request = { method: w.method, path: query === "" ? w.path : `${w.path}?${query}`, service: w.service, region: w.region };
  const own = "token" in key ? { sessionToken: key.token } : {};
  const credentials = { accessKeyId: key.id, secretAccessKey: key.secret, ...(w.token === "own" ? own : { sessionToken: "another" }) };
  const all = { ...request, headers: dated, ...(w.body === "" ? {} : { body: w.body }), signQuery: w.query_form };
  const { path = "", headers = {} } = aws4.sign(all, credentials);
  const mark = path.indexOf("?");
  return {
    method: w.method,
    path: mark < 0 ? path : path.slice(0, mark),
    query: mark < 0 ? undefined : path.slice(mark + 1),
    headers: Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value).trim()] as const),
    body: Buffer.from(w.body),
  };
}

describe("requests that a real signer signed, near the edges", () => {
  test("both hands take the same ones, by the same key", PATIENCE, async () => {
    const seen = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(wanted, fc.array(change, { maxLength: 2 }), fc.nat(1), async (asked, changes, rules) => {
        const trial = changes.reduce((made, next) => next(made), signedTrial(asked));
        const hand = HANDS[rules];
        if (hand === undefined) throw new Error("no hand");
        const fast = hand.fast(trial);
        seen.set(fast, (seen.get(fast) ?? 0) + 1);
        const key = KEYS.find(({ id }) => id === fast)?.id;
        expect(await hand.dull(trial)).toBe(key ?? "invalid");
      }),
      runs(runSize("PAIRS", 20_000)),
    );
    // What never comes is not shown to agree.
    for (const outcome of EVERY_OUTCOME) expect([outcome, (seen.get(outcome) ?? 0) > 0]).toEqual([outcome, true]);
    const taken = KEYS.reduce((sum, { id }) => sum + (seen.get(id) ?? 0), 0);
    expect(taken).toBeGreaterThan(runSize("PAIRS", 20_000) / 50);
  });
});

const EVERY_OUTCOME = [
  "no-signature",
  "both-forms",
  "other-algorithm",
  "malformed-authorization",
  "malformed-query",
  "repeated-field",
  "no-date",
  "other-region",
  "other-service",
  "not-yet",
  "too-old",
  "malformed-signed-headers",
  "signed-header-missing",
  "header-not-signed",
  "streaming-payload",
  "unsigned-payload",
  "malformed-payload-hash",
  "other-payload",
  "unknown-key",
  "expired-key",
  "other-token",
  "other-signature",
];
