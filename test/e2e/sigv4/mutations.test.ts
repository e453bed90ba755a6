import { describe, expect, test } from "vitest";
import { exchangeRaw, statuses } from "../../runtime/hosts/raw-client.ts";
import { bytesOf, CALLERS, CLIENTS, type SignedCall, type Wanted } from "./clients.ts";
import { curlCall } from "./curl.ts";
import { ALICE, signedGateway } from "./signed-gateway.ts";

const signed = signedGateway();

/** All in all 10,000. */
const MUTANTS_EACH = 770;
const AT_ONCE = 8;

const WANTED: readonly Wanted[] = [
  { method: "GET", path: "/any/a%20b/orders", query: "b=2&a=1" },
  {
    method: "POST",
    path: "/typed",
    body: '{"n":7,"text":"seven"}',
    headers: { "content-type": "application/json", "x-amz-meta-color": "blue" },
  },
];

/** A byte of the request that its signature covers, or that is the signature. */
type Place = { readonly part: "target" | "body" | number; readonly at: number };

/** Where one other byte is another request. Left out is what means the same: the case of hex digits in a triplet. */
function placesOf({ target, headers, body }: SignedCall): readonly Place[] {
  const authorization = headers.find(([name]) => name.toLowerCase() === "authorization")?.[1] ?? decodeURIComponent(target);
  const names = new Set(/SignedHeaders=([a-z0-9;-]+)/.exec(authorization)?.[1]?.split(";"));
  const fields = headers.flatMap(([name, value], part): readonly Place[] => {
    const lower = name.toLowerCase();
    // `content-length` says where the request ends, so another one is another conversation; `bytesOf` writes it anew.
    const isCovered = (names.has(lower) && lower !== "content-length") || lower === "authorization";
    return isCovered ? [...value].map((_, at) => ({ part, at })) : [];
  });
  return [
    ...[...target].map((_, at): Place => ({ part: "target", at })),
    ...fields,
    ...[...Buffer.from(body)].map((_, at): Place => ({ part: "body", at })),
  ];
}

function mutant(call: SignedCall, { part, at }: Place, byte: number): SignedCall | undefined {
  const changed = (text: string): string | undefined => {
    const next = text.slice(0, at) + String.fromCharCode(byte) + text.slice(at + 1);
    return sameTriplets(next) === sameTriplets(text) ? undefined : next;
  };
  if (part === "body") {
    const body = changed(call.body);
    return body === undefined ? undefined : { ...call, body };
  }
  if (part === "target") {
    const target = changed(call.target);
    return target === undefined ? undefined : { ...call, target };
  }
  const value = changed(call.headers[part]?.[1] ?? "");
  return value === undefined
    ? undefined
    : { ...call, headers: call.headers.map(([name, old], index) => [name, index === part ? value : old] as const) };
}

/** Debian's curl signs paths and queries as it finds them. */
function sortedQuery(query = ""): string {
  return query.split("&").toSorted().join("&");
}

function sameTriplets(text: string): string {
  return text.replaceAll(/%[0-9A-Fa-f]{2}/g, (triplet) => triplet.toUpperCase());
}

/** Numbers from 0 to below `most`, the same in each run. */
function numbers(seed: number): (most: number) => number {
  let state = seed;
  return (most) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * most);
  };
}

async function refusals(call: SignedCall, seed: number, port: number): Promise<readonly string[]> {
  const next = numbers(seed);
  const places = placesOf(call);
  const mutants: SignedCall[] = [];
  while (mutants.length < MUTANTS_EACH) {
    const place = places[next(places.length)];
    const made = place && mutant(call, place, 33 + next(94));
    if (made !== undefined) mutants.push(made);
  }
  const taken: string[] = [];
  const worker = async (): Promise<void> => {
    for (let made = mutants.pop(); made !== undefined; made = mutants.pop()) {
      const [status = 0] = statuses(await exchangeRaw(port, bytesOf(made), 5_000));
      if (status < 400 || status >= 500) taken.push(`${status}: ${bytesOf(made).toString("latin1")}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return taken;
}

describe("one byte that is another, anywhere in what is signed", () => {
  const cases = [...Object.keys(CLIENTS), "curl"].flatMap((name) => WANTED.map((wanted) => ({ name, wanted, method: wanted.method })));

  test.each(cases)("$name, $method: is refused, and no backend hears of it", async ({ name, wanted }) => {
    const { port, backend } = signed();
    const host = `localhost:${port}`;
    const call =
      name === "curl"
        ? await curlCall({ ...wanted, path: wanted.path.replace("%20", "-"), query: sortedQuery(wanted.query) }, host)
        : await CLIENTS[name]?.(wanted, CALLERS["a user"] ?? ALICE, host);
    if (call === undefined) throw new Error("no client");
    const before = backend.calls.length;
    expect(statuses(await exchangeRaw(port, bytesOf(call)))).toEqual([200]);
    expect(await refusals(call, WANTED.indexOf(wanted) * 1000 + Object.keys(CLIENTS).indexOf(name) + 7, port)).toEqual([]);
    expect(backend.calls.length).toBe(before + 1);
  });
});
