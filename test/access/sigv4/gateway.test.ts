import aws4 from "aws4";
import { beforeAll, describe, expect, test } from "vitest";
import type { Program } from "../../../compiler/model/program.ts";
import type { Outcome } from "../../../runtime/contract/gateway.ts";
import type { BodyRead, GatewayRequest } from "../../../runtime/contract/request.ts";
import { bothHands, comparable, gatewayOf } from "../../harness/both-hands.ts";
import { compileFiles, errorsOf } from "../../harness/compile-files.ts";
import { TEST_NOW, testWorld } from "../../harness/world.ts";

const GATEWAY = `gwl 1

env ACCOUNT: AccountId
env REGION: String
secret TOKENS: String

identity Caller = sigv4 {
  principals: from "principals.yaml"
  regions: [REGION, "us-east-1"]
  accounts: [ACCOUNT]
  unsigned_payload: true
}
identity Customer = jwt { issuer: "https://login.example", audience: "shop", algorithms: [HS256], secret: TOKENS, header: "X-Token" }

backend orders = http { targets: ["http://orders.example"] }

gateway shop { accept Caller or Customer, limits { body: 100B } }

ANY "/any/{rest: Rest}" -> orders { allow when principal is known }
POST "/typed" body { n: Int } -> orders { allow when principal is known and body.n < 10 }
GET "/own" -> orders { allow when principal is known, set header "Authorization" = "Basic own" }
`;
const PRINCIPALS = `{
  "version": 1,
  "accounts": {
    "111122223333": { "users": { "alice": { "keys": [{ "id": "AKIAALICEEXAMPLE0001", "secret": "ALICE_KEY" }] } } },
    "444455556666": { "users": { "eve": { "keys": [{ "id": "AKIAEVEEXAMPLE000001", "secret": "EVE_KEY" }] } } }
  }
}`;
const VARIABLES = {
  ACCOUNT: "111122223333",
  REGION: "eu-west-1",
  TOKENS: "t".repeat(32),
  ALICE_KEY: "alice-secret",
  EVE_KEY: "eve-secret",
};

type Asked = {
  readonly method?: string;
  readonly path: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly key?: readonly [id: string, secret: string];
  readonly region?: string;
  readonly presigned?: boolean;
  /** The same in other bytes: signers tidy up. */
  readonly onWire?: (target: string) => string;
  /** What the host can read of the body. */
  readonly read?: BodyRead;
};

function requestOf({
  method = "GET",
  path,
  body,
  headers = {},
  key = ["AKIAALICEEXAMPLE0001", "alice-secret"],
  region = "eu-west-1",
  presigned = false,
  onWire = (text) => text,
  read,
}: Asked): GatewayRequest {
  const stamp = new Date(TEST_NOW).toISOString().replaceAll(/[-:]|\.\d+/g, "");
  const dated = presigned ? headers : { ...headers, "X-Amz-Date": stamp };
  const target = presigned ? `${path}${path.includes("?") ? "&" : "?"}X-Amz-Date=${stamp}&X-Amz-Expires=60` : path;
  const request = {
    method,
    path: target,
    service: "execute-api",
    region,
    headers: { Host: "api.example", ...dated },
    signQuery: presigned,
  };
  const made = aws4.sign({ ...request, ...(body === undefined ? {} : { body }) }, { accessKeyId: key[0], secretAccessKey: key[1] });
  return {
    method,
    target: onWire(made.path ?? target),
    httpVersion: "1.1",
    rawHeaders: Object.entries(made.headers ?? {}).flatMap(([name, value]) => [name, String(value)]),
    peer: "192.0.2.1",
    secure: false,
    readBody: () => Promise.resolve(read ?? { kind: "bytes", bytes: Buffer.from(body ?? "") }),
  };
}

let program: Program;
beforeAll(async () => {
  const compiled = await compileFiles([
    { file: "gateway.gwl", text: GATEWAY },
    { file: "principals.yaml", text: PRINCIPALS },
  ]);
  expect(errorsOf(compiled)).toEqual([]);
  program = compiled.compilation.program;
});

/** Both hands must say the same. */
async function ask(asked: Asked): Promise<Outcome> {
  const hands = bothHands(program, { stage: undefined, variables: VARIABLES });
  const [reference, compiled] = await Promise.all(
    [hands.reference, hands.compiled].map(async (hand) => gatewayOf(hand).handle(requestOf(asked), testWorld({ now: TEST_NOW }))),
  );
  if (reference === undefined || compiled === undefined) throw new Error("no outcome");
  expect(comparable(compiled)).toBe(comparable(reference));
  return compiled;
}

const statusOf = ({ answer }: Outcome): number => (answer.kind === "local" ? answer.status : 200);

describe("a signed body", () => {
  const post = { method: "POST", path: "/any/x", body: "hello" } as const;

  test("is forwarded as the bytes that were checked", async () => {
    const { answer } = await ask(post);
    expect(answer.kind === "forward" && answer.body).toEqual(Buffer.from("hello"));
  });

  test("that is not the one that was signed is 401", async () => {
    expect(statusOf(await ask({ ...post, read: { kind: "bytes", bytes: Buffer.from("hullo") } }))).toBe(401);
  });

  test("that is too large or does not come is 413 or 408", async () => {
    expect(statusOf(await ask({ ...post, body: "x".repeat(101) }))).toBe(413);
    expect(statusOf(await ask({ ...post, read: { kind: "tooLarge" } }))).toBe(413);
    expect(statusOf(await ask({ ...post, read: { kind: "incomplete" } }))).toBe(408);
  });

  test("is not asked for where the signature cannot be good", async () => {
    const wrong = { ...post, key: ["AKIAALICEEXAMPLE0001", "wrong"] as const, read: { kind: "incomplete" } as const };
    expect(statusOf(await ask({ ...wrong, headers: { "X-Amz-Content-Sha256": "0".repeat(64) } }))).toBe(401);
    expect(statusOf(await ask({ ...wrong, region: "eu-west-2" }))).toBe(401);
  });

  test("of a key that nobody has is read like any other", async () => {
    expect(statusOf(await ask({ ...post, key: ["AKIANOBODYEXAMPLE001", "x"], read: { kind: "incomplete" } }))).toBe(408);
  });

  test("of a typed route is judged after it was checked", async () => {
    const typed = { method: "POST", path: "/typed", headers: { "Content-Type": "application/json" } } as const;
    expect(statusOf(await ask({ ...typed, body: '{"n":1}' }))).toBe(200);
    expect(statusOf(await ask({ ...typed, body: '{"n":11}' }))).toBe(403);
    expect(statusOf(await ask({ ...typed, body: '{"n":"1"}' }))).toBe(400);
  });

  test("that nobody signed streams, where the identity takes it", async () => {
    const { answer } = await ask({ ...post, headers: { "X-Amz-Content-Sha256": "UNSIGNED-PAYLOAD" } });
    expect(answer.kind === "forward" && answer.body).toBe("stream");
  });
});

describe("a signature stays with the gateway", () => {
  const fieldsOf = ({ answer }: Outcome): readonly string[] => (answer.kind === "forward" ? answer.headers.map(([name]) => name) : []);
  const untidy = (target: string): string => target.replace("b=%2F&a=1&c=", "b=%2f&a=1&&c");
  const targetOf = ({ answer }: Outcome): string => (answer.kind === "forward" ? answer.target : "");

  test("of the header form: the field goes, the query stays to the byte", async () => {
    const outcome = await ask({ path: "/any/x?b=%2f&a=1&c", onWire: untidy });
    expect(fieldsOf(outcome)).not.toContain("authorization");
    expect(targetOf(outcome)).toBe("/any/x?b=%2f&a=1&&c");
  });

  test("of the query form: its parameters go, all others stay to the byte", async () => {
    expect(targetOf(await ask({ path: "/any/x?b=%2f&a=1&c", presigned: true, onWire: untidy }))).toBe("/any/x?b=%2f&a=1&&c");
    expect(targetOf(await ask({ path: "/any/x", presigned: true }))).toBe("/any/x");
  });

  test("a field that the route sets goes on", async () => {
    const { answer } = await ask({ path: "/own" });
    expect(answer.kind === "forward" && answer.headers.find(([name]) => name === "authorization")).toEqual(["authorization", "Basic own"]);
  });
});

describe("who is known", () => {
  test("callers of the accounts that the environment names, and signers for its regions", async () => {
    expect(statusOf(await ask({ path: "/any/x" }))).toBe(200);
    expect(statusOf(await ask({ path: "/any/x", region: "us-east-1" }))).toBe(200);
    expect(statusOf(await ask({ path: "/any/x", key: ["AKIAEVEEXAMPLE000001", "eve-secret"] }))).toBe(401);
  });

  test("a challenge names all that is accepted", async () => {
    const { answer } = await ask({ path: "/any/x", key: ["AKIANOBODYEXAMPLE001", "x"] });
    const challenges = answer.kind === "local" ? answer.headers.filter(([name]) => name === "www-authenticate") : [];
    expect(challenges.map(([, value]) => value)).toEqual(["AWS4-HMAC-SHA256", "Token"]);
  });

  test.each(["ALICE_KEY", "EVE_KEY", "REGION"])("without %s nothing starts", (name) => {
    const hands = bothHands(program, { stage: undefined, variables: { ...VARIABLES, [name]: "" } });
    expect([hands.reference, hands.compiled].map((hand) => "problems" in hand)).toEqual([true, true]);
  });
});
