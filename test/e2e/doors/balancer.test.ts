/** Doors behind balancers: raw sockets that begin with a PROXY header, a wrong one, or none. */
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { endpointTlv, headerV2 } from "../../harness/proxy-header.ts";
import { exchangeRaw, statuses } from "../../runtime/hosts/raw-client.ts";
import { pause, until } from "../../runtime/hosts/served.ts";
import { openDoors, type Opened } from "./open-doors.ts";

const TEXT = `
network balancers { 127.0.0.1/32 }
network others    { 198.51.100.0/24 }
backend orders = http { targets: [BACKEND] }
gateway shop { listen 0, limits { header_timeout: 300ms } }
entry balanced { listen 0, proxy_protocol from balancers, allow when route.api == orders }
entry strangers { listen 0, proxy_protocol from others, allow }
entry inside { via balanced, vpce: "vpce-0abc1234def567890", vpc: "vpc-0a1b2c3d", allow when route.api == admin and entry.vpc_ip ?? 0.0.0.0 == 10.1.2.3 }
api orders at "/orders" { GET "/" -> orders { allow when client.ip in 192.0.2.0/24 } }
api admin at "/admin" private { GET "/" -> orders { allow when entry.vpce ?? "" == "vpce-0abc1234def567890" and entry.vpc ?? "" == "vpc-0a1b2c3d" } }
`;

const get = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`;
const v1 = "PROXY TCP4 192.0.2.1 10.0.0.1 5000 443\r\n";
const endpoint = (id: string, source = "10.1.2.3"): Buffer =>
  headerV2({ source, target: "10.0.0.1", extras: [endpointTlv(id)], sum: "right" });

let doors: Opened;
beforeAll(async () => {
  doors = await openDoors(TEXT);
});
afterAll(() => doors.close());

async function ask(header: string | Uint8Array, request: string, door = "balanced"): Promise<string> {
  const bytes = Buffer.concat([Buffer.from(header as string, "latin1"), Buffer.from(request)]);
  return exchangeRaw(doors.port(door), bytes, 1_000);
}

describe("whose connection it is", () => {
  test("is what the header says, in both versions", async () => {
    expect(statuses(await ask(v1, get("/orders")))).toEqual([200]);
    expect(doors.calls.at(-1)?.["x-forwarded-for"]).toBe("192.0.2.1");
    expect(statuses(await ask(headerV2({ source: "192.0.2.7", target: "10.0.0.1", sum: "right" }), get("/orders")))).toEqual([200]);
    expect(doors.calls.at(-1)?.["x-forwarded-for"]).toBe("192.0.2.7");
    expect(doors.log.at(-1)).toMatchObject({ client: "192.0.2.7", entry: "balanced", status: 200 });
    expect(statuses(await ask("PROXY TCP4 203.0.113.9 10.0.0.1 5000 443\r\n", get("/orders")))).toEqual([403]);
  });

  test("is the balancer's own where it says so: no caller's address is made of it", async () => {
    expect(statuses(await ask("PROXY UNKNOWN\r\n", get("/orders")))).toEqual([403]);
    expect(doors.log.at(-1)).toMatchObject({ client: "127.0.0.1" });
    expect(statuses(await ask("PROXY UNKNOWN\r\n", get("/-/health")))).toEqual([200]);
  });

  test("is not what a field says", async () => {
    const request = "GET /orders HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 192.0.2.1\r\nConnection: close\r\n\r\n";
    expect(statuses(await ask("PROXY TCP4 203.0.113.9 10.0.0.1 5000 443\r\n", request))).toEqual([403]);
  });

  test("holds for all requests of a connection, and is read from pieces", async () => {
    const socket = connect(doors.port("balanced"), "127.0.0.1");
    let text = "";
    socket.on("data", (chunk) => (text += chunk.toString("latin1")));
    const twice = Buffer.concat([
      headerV2({ source: "192.0.2.7", target: "10.0.0.1" }),
      Buffer.from("GET /orders HTTP/1.1\r\nHost: a\r\n\r\n".repeat(2)),
    ]);
    for (const byte of twice) {
      socket.write(Uint8Array.of(byte));
      if (byte % 7 === 0) await pause(1);
    }
    await until(() => statuses(text).length === 2);
    expect(statuses(text)).toEqual([200, 200]);
    socket.destroy();
  });
});

describe("VPC endpoints", () => {
  test("a known one is its entry, by its own policy", async () => {
    expect(statuses(await ask(endpoint("vpce-0abc1234def567890"), get("/admin")))).toEqual([200]);
    expect(doors.log.at(-1)).toMatchObject({ client: "10.1.2.3", entry: "inside" });
    expect(statuses(await ask(endpoint("vpce-0abc1234def567890", "10.1.2.4"), get("/admin")))).toEqual([403]);
    expect(statuses(await ask(endpoint("vpce-0abc1234def567890"), get("/orders")))).toEqual([403]);
  });

  test("an unknown one reaches nothing", async () => {
    const before = doors.calls.length;
    const answer = await ask(endpoint("vpce-0fff1234def567890", "192.0.2.1"), get("/orders"));
    expect(statuses(answer)).toEqual([403]);
    expect(answer).toContain("urn:gwl:refusal:not-admitted");
    expect(statuses(await ask(endpoint("vpce-0fff1234def567890"), get("/admin")))).toEqual([403]);
    expect(doors.calls).toHaveLength(before);
  });

  test("a private api is not reached without one, nor by the gateway's own door", async () => {
    expect(statuses(await ask(v1, get("/admin")))).toEqual([403]);
    expect(statuses(await exchangeRaw(doors.port(), get("/admin"), 1_000))).toEqual([403]);
  });
});

describe("refused before any request", () => {
  const wrong: readonly (readonly [what: string, bytes: Uint8Array])[] = [
    ["no header", Buffer.from(get("/orders"))],
    ["a header of another form", Buffer.from(`PROXY TCP4 192.0.2.1\r\n${get("/orders")}`)],
    [
      "a header with a wrong checksum",
      Buffer.concat([headerV2({ source: "192.0.2.1", target: "10.0.0.1", sum: "wrong" }), Buffer.from(get("/orders"))]),
    ],
    ["a family without a client", Buffer.concat([headerV2({ family: 0, addresses: new Uint8Array() }), Buffer.from(get("/orders"))])],
    ["two headers", Buffer.from(v1 + v1 + get("/orders"))],
    ["endless bytes", Buffer.concat([headerV2({ source: "192.0.2.1", target: "10.0.0.1" }).subarray(0, 14), Buffer.alloc(80_000, 0xff)])],
  ];
  test.each(wrong)("%s", async (what, bytes) => {
    const before = doors.calls.length;
    const answer = await exchangeRaw(doors.port("balanced"), bytes, 1_000);
    // A second header is no request.
    expect(statuses(answer)).toEqual(what === "two headers" ? [400] : []);
    expect(doors.calls).toHaveLength(before);
  });

  test("a peer that is no balancer, whatever it says", async () => {
    expect(await ask(v1, get("/orders"), "strangers")).toBe("");
    await until(() => doors.log.some(({ fault }) => fault === "untrusted-balancer"));
    expect(doors.log.findLast(({ fault }) => fault === "untrusted-balancer")).toMatchObject({
      client: "127.0.0.1",
      entry: "strangers",
      status: 0,
    });
  });

  test.each([
    ["nothing", ""],
    ["half a header", "PROXY TCP4 192.0"],
  ])("%s within the time for a head", async (_what, said) => {
    const socket = connect(doors.port("balanced"), "127.0.0.1");
    let isClosed = false;
    socket.on("close", () => (isClosed = true)).on("error", () => {});
    if (said !== "") socket.write(said);
    const begun = Date.now();
    await until(() => isClosed);
    expect(Date.now() - begun).toBeLessThan(1_500);
  });

  test("the gateway's own door takes no header", async () => {
    expect(statuses(await exchangeRaw(doors.port(), v1 + get("/orders"), 1_000))).toEqual([400]);
  });
});
