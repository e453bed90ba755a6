/**
 * What checking a signature costs beside the work that nobody can save: the hash of the body, the hash of the canonical request and one
 * HMAC, over bytes that are ready, in turn: by `createHash` and `createHmac` as anybody writes it (that is the goal's), and by our own world,
 * which prepares a key once. Requests are fresh strings; every one is let in.
 */
import { createHash, createHmac } from "node:crypto";
import aws4 from "aws4";
import { sigV4Verifier, type SignedRequest } from "../../runtime/access/sigv4/verify.ts";
import type { Hashing } from "../../runtime/contract/sigv4.ts";
import type { World } from "../../runtime/contract/world.ts";
import { nodeWorld } from "../../runtime/hosts/node/world.ts";
import { median } from "./measure.ts";
import type { BenchRow } from "./row.ts";

const NOW = Date.UTC(2026, 0, 5, 12);
const KEY = { accessKeyId: "AKIAALICEEXAMPLE0001", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" };
const BODY = JSON.stringify({ items: Array.from({ length: 40 }, (_, at) => ({ sku: `item-${at}`, count: at })) });
const ROUNDS = 41;
const PER_ROUND = 500;
const GOAL = 1.3;

type Prepared = { readonly request: SignedRequest; readonly body: Uint8Array };

export function sigV4Bench(): readonly BenchRow[] {
  const world = nodeWorld();
  const body = Buffer.from(BODY);
  return [
    row("a signed POST of 1.2 kB, checked, beside its bare hashes and HMAC", rounds({ method: "POST", body, world })),
    row("a signed GET, checked, beside its bare hash and HMAC", rounds({ method: "GET", body: new Uint8Array(), world })),
  ];
}

type Costs = { readonly checked: number; readonly bare: number; readonly ours: number };

function row(what: string, { checked, bare, ours }: Costs): BenchRow {
  const ratio = checked / bare;
  const measured = `${(checked / 1000).toFixed(2)} µs and ${(bare / 1000).toFixed(2)} µs: ${ratio.toFixed(2)} times (by our world ${(ours / 1000).toFixed(2)} µs: ${(checked / ours).toFixed(2)} times)`;
  return { what, measured, goal: `at most ${GOAL} times`, isMet: ratio <= GOAL };
}

const plain: Hashing = {
  digest: (algorithm, data) => createHash(algorithm).update(data).digest(),
  hmac: (algorithm, key, data) => createHmac(algorithm, key).update(data).digest(),
};

type Subject = { readonly method: string; readonly body: Uint8Array; readonly world: World };

/** Nanoseconds, medians. */
function rounds(subject: Subject): Costs {
  const key = { id: KEY.accessKeyId, secret: KEY.secretAccessKey, principal: { identity: "Caller", id: "alice", claims: {} } };
  const verify = sigV4Verifier({ identity: "Caller", service: "execute-api", regions: ["eu-west-1"], unsignedPayload: false, keys: [key] });
  const [checked, bare, ours]: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round < ROUNDS; round++) {
    const asked = Array.from({ length: PER_ROUND }, (_, at) => signed(subject, round * PER_ROUND + at));
    const spent = time(() => {
      for (const { request, body } of asked) {
        const result = verify(request, NOW, subject.world);
        const settled = result.kind === "body" ? result.withBody(body) : result;
        if (settled.kind !== "verified") throw new Error("a request of the bench was not let in");
      }
    });
    const least = bareCost(asked, subject, plain);
    const own = bareCost(asked, subject, subject.world);
    if (round < 5) continue;
    checked.push(spent / PER_ROUND);
    bare.push(least / PER_ROUND);
    ours.push(own / PER_ROUND);
  }
  return { checked: median(checked), bare: median(bare), ours: median(ours) };
}

/** Bytes as long as those of the request, made beforehand. */
function bareCost(asked: readonly Prepared[], { body }: Subject, world: Hashing): number {
  const key = world.hmac("sha256", Buffer.from("key"), Buffer.from("aws4_request"));
  const ready = asked.map(({ request }) => Buffer.from(canonicalText(request)));
  const toSign = Buffer.from(`AWS4-HMAC-SHA256\n20260105T120000Z\n20260105/eu-west-1/execute-api/aws4_request\n${"0".repeat(64)}`);
  let sum = 0;
  return time(() => {
    for (const canonical of ready) {
      if (body.length > 0) sum += world.digest("sha256", body)[0] ?? 0;
      sum += world.digest("sha256", canonical)[0] ?? 0;
      sum += world.hmac("sha256", key, toSign)[0] ?? 0;
    }
    if (sum < 0) throw new Error("nothing was measured");
  });
}

function canonicalText({ method, path, query = "", headers }: SignedRequest): string {
  const fields = headers.filter(([name]) => name !== "authorization");
  return `${method}\n${path}\n${query}\n${fields.map(([name, value]) => `${name}:${value}\n`).join("")}\n${fields.map(([name]) => name).join(";")}\n${"0".repeat(64)}`;
}

function time(work: () => void): number {
  const started = process.hrtime.bigint();
  work();
  return Number(process.hrtime.bigint() - started);
}

function signed({ method, body }: Subject, number: number): Prepared {
  const headers = { Host: "api.example", "X-Amz-Date": "20260105T120000Z", "Content-Type": "application/json" };
  const path = `/orders/${number}?page=${number % 100}&size=50`;
  const text = Buffer.from(body).toString();
  const request = { method, path, service: "execute-api", region: "eu-west-1", headers, ...(text === "" ? {} : { body: text }) };
  const made = aws4.sign(request, KEY);
  const fields = Object.entries(made.headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)] as const);
  const all = [...fields, ["user-agent", "bench"], ["accept", "*/*"], ["connection", "keep-alive"]] as const;
  return { request: { method, path: `/orders/${number}`, query: path.split("?")[1], headers: all, hasBody: body.length > 0 }, body };
}
