/** Doors that speak TLS: real clients, real certificates, and files that change under a running gateway. */
import { renameSync, writeFileSync } from "node:fs";
import { connect as connectPlain, type Socket } from "node:net";
import { connect, type TLSSocket } from "node:tls";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { certificate, clientAuth, type Made, pemFolder, serverAuth } from "../../harness/certificates.ts";
import { headerV2 } from "../../harness/proxy-header.ts";
import { statuses } from "../../runtime/hosts/raw-client.ts";
import { until } from "../../runtime/hosts/served.ts";
import { openDoors, type Opened } from "./open-doors.ts";
import { callBehindHeader, callTls, statusOf } from "./tls-call.ts";

const TEXT = `
env CERT: String
env KEY: String
env TRUST: String
env SOCKET: String
network balancers { 127.0.0.1/32 }
backend orders = http { targets: [BACKEND] }
gateway shop { limits { header_timeout: 500ms } }
entry outside  { listen 0, tls { certificate: CERT, key: KEY }, allow }
entry partners { listen 0, tls { certificate: CERT, key: KEY }, mtls { truststore: TRUST, depth: 3 }, allow }
entry balanced { listen 0, tls { certificate: CERT, key: KEY }, proxy_protocol from balancers, allow }
entry local    { listen unix SOCKET, allow }
GET "/broken" -> orders { public because "a test" }
GET "/orders" -> orders { allow when client.ip in 127.0.0.0/8 or client.ip in 192.0.2.0/24 }
`;

const day = 86_400_000;
const pem = pemFolder();
let doors: Opened;
let authority: Made;
let partners: Made;
let server: Made;

beforeAll(async () => {
  authority = await certificate({ subject: "CN=Servers", isAuthority: true });
  partners = await certificate({ subject: "CN=Partners", isAuthority: true });
  server = await certificate({
    subject: "CN=gateway.example",
    by: authority,
    uses: [serverAuth],
    names: [{ type: "dns", value: "gateway.example" }],
  });
  const variables = {
    CERT: pem.write("cert.pem", server.pem),
    KEY: pem.write("key.pem", server.key),
    TRUST: pem.write("trust.pem", partners.pem),
    SOCKET: pem.path("gateway.sock"),
  };
  doors = await openDoors(TEXT, variables);
});
afterAll(() => doors.close());

const trusting = () => ({ ca: authority.pem });
const showing = (...chain: readonly Made[]) => ({
  ca: authority.pem,
  cert: chain.map(({ pem: text }) => text).join(""),
  key: chain[0]?.key ?? "",
});
const ofPartner = (more: Partial<Parameters<typeof certificate>[0]> = {}): Promise<Made> =>
  certificate({ subject: "CN=device-7,O=Acme", by: partners, uses: [clientAuth], ...more });

describe("TLS", () => {
  test("1.3 and 1.2 are spoken, nothing older", async () => {
    const newest = await callTls(doors.port("outside"), "/orders", trusting());
    expect(newest).toMatchObject({ status: 200, protocol: "TLSv1.3" });
    expect(doors.calls.at(-1)?.["x-forwarded-proto"]).toBe("https");
    expect(await callTls(doors.port("outside"), "/orders", { ...trusting(), maxVersion: "TLSv1.2" })).toMatchObject({
      status: 200,
      protocol: "TLSv1.2",
    });
    const old = { ...trusting(), minVersion: "TLSv1", maxVersion: "TLSv1.1", ciphers: "DEFAULT@SECLEVEL=0" } as const;
    expect(await statusOf(callTls(doors.port("outside"), "/orders", old))).toBe("no answer");
  });

  test("what is no TLS gets no HTTP", async () => {
    const socket = connectPlain(doors.port("outside"), "127.0.0.1");
    let text = "";
    let isClosed = false;
    socket
      .on("data", (chunk) => (text += chunk.toString("latin1")))
      .on("error", () => {})
      .on("close", () => (isClosed = true));
    socket.write("GET /orders HTTP/1.1\r\nHost: a\r\n\r\n");
    await until(() => isClosed);
    expect(text).not.toContain("HTTP/1.1");
    await until(() => doors.log.some(({ fault }) => fault === "tls-handshake"));
  });

  test("a handshake that never ends is broken off", async () => {
    const socket = connectPlain(doors.port("outside"), "127.0.0.1");
    let isClosed = false;
    socket.on("error", () => {}).on("close", () => (isClosed = true));
    await until(() => isClosed);
  });

  test("stands behind a PROXY header, not before it", async () => {
    const header = headerV2({ source: "192.0.2.44", target: "10.0.0.1", sum: "right" });
    expect(statuses(await callBehindHeader(doors.port("balanced"), header, trusting(), "/orders"))).toEqual([200]);
    expect(doors.calls.at(-1)?.["x-forwarded-for"]).toBe("192.0.2.44");
    expect(doors.log.at(-1)).toMatchObject({ client: "192.0.2.44", entry: "balanced" });
    expect(await statusOf(callTls(doors.port("balanced"), "/orders", trusting()))).toBe("no answer");
  });

  test("a socket of the file system has peers of this machine", async () => {
    const answer = await new Promise<string>((resolve) => {
      const socket = connectPlain(pem.path("gateway.sock"), () =>
        socket.write("GET /orders HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"),
      );
      let text = "";
      socket.on("data", (chunk) => (text += chunk.toString("latin1"))).on("close", () => resolve(text));
    });
    expect(statuses(answer)).toEqual([200]);
    expect(doors.calls.at(-1)?.["x-forwarded-for"]).toBe("127.0.0.1");
  });
});

describe("certificates of callers", () => {
  const status = async (...chain: readonly Made[]) => statusOf(callTls(doors.port("partners"), "/orders", showing(...chain)));

  test("one of a trusted authority is let in, by either version", async () => {
    const device = await ofPartner();
    expect(await status(device)).toBe(200);
    expect(await statusOf(callTls(doors.port("partners"), "/orders", { ...showing(device), maxVersion: "TLSv1.2" }))).toBe(200);
    const between = await certificate({ subject: "CN=Between", by: partners, isAuthority: true });
    expect(await status(await ofPartner({ by: between }), between)).toBe(200);
    expect(await status(await ofPartner({ key: "RSA-2048" }))).toBe(200);
  });

  test("all others are not", async () => {
    const before = doors.calls.length;
    const stranger = await certificate({ subject: "CN=Partners", isAuthority: true });
    const notYet = new Date(Date.now() + day);
    const over = new Date(Date.now() - day);
    const one = await certificate({ subject: "CN=One", by: partners, isAuthority: true });
    const two = await certificate({ subject: "CN=Two", by: one, isAuthority: true });
    const leaf = await ofPartner();
    expect(await statusOf(callTls(doors.port("partners"), "/orders", trusting())), "none").toBe("no answer");
    expect(await status(await ofPartner({ by: stranger })), "another authority of that name").toBe("no answer");
    expect(await status(await certificate({ subject: "CN=device-7,O=Acme", uses: [clientAuth] })), "signed by itself").toBe("no answer");
    expect(await status(await ofPartner({ from: new Date(over.getTime() - day), until: over })), "expired").toBe("no answer");
    expect(await status(await ofPartner({ from: notYet })), "not valid yet").toBe("no answer");
    expect(await status(await ofPartner({ uses: [serverAuth] })), "for servers").toBe("no answer");
    const short = { ...showing(await ofPartner({ key: "RSA-1024" })), ciphers: "DEFAULT@SECLEVEL=0" };
    expect(await statusOf(callTls(doors.port("partners"), "/orders", short)), "a short key").toBe("no answer");
    expect(await status(await ofPartner({ by: two }), two, one), "too long a chain").toBe("no answer");
    expect(await status(await ofPartner({ by: leaf }), leaf), "signed by what may not sign").toBe("no answer");
    expect(doors.calls).toHaveLength(before);
  });

  test("are asked for on every connection: nothing is resumed", async () => {
    const device = await ofPartner();
    const open = (session?: Buffer): Promise<{ readonly socket: TLSSocket; readonly session: Buffer | undefined }> =>
      new Promise((resolve) => {
        let last: Buffer | undefined;
        const socket = connect(
          {
            port: doors.port("partners"),
            host: "127.0.0.1",
            servername: "gateway.example",
            ...showing(device),
            ...(session && { session }),
          },
          () => setTimeout(() => resolve({ socket, session: last }), 100),
        );
        socket.on("session", (given: Buffer) => (last = given));
      });
    const first = await open();
    const second = await open(first.session);
    expect(second.socket.isSessionReused()).toBe(false);
    first.socket.destroy();
    second.socket.destroy();
  });
});

describe("an answer that breaks off", () => {
  const brokenAt = (socket: TLSSocket | Socket): Promise<string> =>
    new Promise((resolve) => {
      let text = "";
      socket.on("data", (chunk: Buffer) => (text += chunk.toString("latin1")));
      socket.on("error", () => {}).on("close", () => resolve(text));
      socket.write("GET /broken HTTP/1.1\r\nHost: a\r\n\r\n");
    });

  test("breaks the connection, by TLS and on a socket of the file system as by TCP", async () => {
    const secure = connect({ port: doors.port("outside"), host: "127.0.0.1", servername: "gateway.example", ...trusting() });
    for (const socket of [secure, connectPlain({ path: pem.path("gateway.sock") })]) {
      expect(await brokenAt(socket)).toMatch(/^HTTP\/1\.1 200 [^]*content-length: 100\r\n[^]*part$/);
    }
    expect(doors.log.slice(-2)).toMatchObject([
      { status: 200, cut: true },
      { status: 200, cut: true },
    ]);
    expect(await statusOf(callTls(doors.port("outside"), "/orders", trusting()))).toBe(200);
    expect(doors.faults).toEqual([]);
  });
});

describe("files that change", () => {
  const replace = (name: string, text: string): void => {
    writeFileSync(pem.path(`${name}.new`), text);
    renameSync(pem.path(`${name}.new`), pem.path(name));
  };
  const subjectAt = (): Promise<string> =>
    new Promise((resolve) => {
      const socket = connect({ port: doors.port("outside"), host: "127.0.0.1", ca: authority.pem, servername: "gateway.example" }, () => {
        resolve(socket.getPeerX509Certificate()?.serialNumber ?? "");
        socket.destroy();
      });
      socket.on("error", () => resolve("none"));
    });

  test("a new pair is served without dropping a connection; a broken one never is", async () => {
    const kept = connect({ port: doors.port("outside"), host: "127.0.0.1", ca: authority.pem, servername: "gateway.example" });
    let text = "";
    kept.on("data", (chunk: Buffer) => (text += chunk.toString("latin1")));
    kept.write("GET /orders HTTP/1.1\r\nHost: a\r\n\r\n");
    await until(() => statuses(text).length === 1);

    replace("cert.pem", "-----BEGIN CERTIFICATE-----\nnone\n-----END CERTIFICATE-----\n");
    process.emit("SIGHUP");
    await until(() => doors.faults.length > 0);
    expect(await subjectAt()).toBe(server.certificate.serialNumber.toUpperCase());

    const next = await certificate({
      subject: "CN=gateway.example",
      by: authority,
      names: [{ type: "dns", value: "gateway.example" }],
      serial: "77aa",
    });
    replace("cert.pem", next.pem);
    process.emit("SIGHUP");
    expect(await subjectAt()).toBe(server.certificate.serialNumber.toUpperCase());
    replace("key.pem", next.key);
    // Seen without a signal as well.

    for (let tries = 0; tries < 40 && (await subjectAt()) !== "77AA"; tries++) await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await subjectAt()).toBe("77AA");

    kept.write("GET /orders HTTP/1.1\r\nHost: a\r\n\r\n");
    await until(() => statuses(text).length === 2);
    kept.destroy();
  });

  test("an authority that is taken away counts no more, on connections that it let in either", async () => {
    const device = await ofPartner();
    const kept = connect({ port: doors.port("partners"), host: "127.0.0.1", servername: "gateway.example", ...showing(device) });
    let text = "";
    let isClosed = false;
    kept
      .on("data", (chunk: Buffer) => (text += chunk.toString("latin1")))
      .on("close", () => (isClosed = true))
      .on("error", () => {});
    kept.write("GET /orders HTTP/1.1\r\nHost: a\r\n\r\n");
    await until(() => statuses(text).length === 1);
    const others = await certificate({ subject: "CN=Others", isAuthority: true });
    replace("trust.pem", others.pem);
    process.emit("SIGHUP");
    await until(() => isClosed);
    expect(await statusOf(callTls(doors.port("partners"), "/orders", showing(device)))).toBe("no answer");
    expect(await statusOf(callTls(doors.port("partners"), "/orders", showing(await ofPartner({ by: others }))))).toBe(200);
  });
});

describe("the start is refused", () => {
  test.each([
    ["a certificate that is not there", () => ({ CERT: pem.path("nowhere.pem") }), "nowhere.pem"],
    ["a key of another certificate", () => ({ KEY: pem.write("other-key.pem", authority.key) }), "it is not the key of"],
    ["a truststore without certificates", () => ({ TRUST: pem.write("empty.pem", "") }), "it has no certificates"],
    ["a truststore with a certificate that signs nothing", () => ({ TRUST: pem.write("leaf.pem", server.pem) }), "of authorities"],
  ])("with %s", async (_what, changed, why) => {
    const variables = {
      CERT: pem.write("cert2.pem", server.pem),
      KEY: pem.write("key2.pem", server.key),
      TRUST: pem.write("trust2.pem", partners.pem),
      SOCKET: pem.path("second.sock"),
    };
    await expect(openDoors(TEXT, { ...variables, ...changed() })).rejects.toThrow(why);
  });
});
