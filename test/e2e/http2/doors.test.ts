/** HTTP/2 behind what stands before it at a door: the balancer's header, TLS, the certificate of the caller. */
import { type ClientHttp2Session, connect } from "node:http2";
import { connect as connectPlain } from "node:net";
import { connect as connectTls } from "node:tls";
import { afterAll, beforeAll, expect, test } from "vitest";
import { certificate, clientAuth, type Made, pemFolder, serverAuth } from "../../harness/certificates.ts";
import { headerV2 } from "../../harness/proxy-header.ts";
import { openDoors, type Opened } from "../doors/open-doors.ts";

const pem = pemFolder();
let doors: Opened;
let authority: Made;
let device: Made;

beforeAll(async () => {
  authority = await certificate({ subject: "CN=Servers", isAuthority: true });
  const partners = await certificate({ subject: "CN=Partners", isAuthority: true });
  device = await certificate({ subject: "CN=device-7,O=Acme", by: partners, uses: [clientAuth] });
  const server = await certificate({
    subject: "CN=gateway.example",
    by: authority,
    uses: [serverAuth],
    names: [{ type: "dns", value: "gateway.example" }],
  });
  doors = await openDoors(
    `
env CERT: String
env KEY: String
env TRUST: String
network balancers { 127.0.0.1/32 }
backend orders = http { targets: [BACKEND] }
gateway shop { limits { header_timeout: 500ms } }
entry partners { listen 0, tls { certificate: CERT, key: KEY }, mtls { truststore: TRUST, depth: 3 }, allow }
entry balanced { listen 0, tls { certificate: CERT, key: KEY }, proxy_protocol from balancers, allow }
entry clear    { listen 0 { http2: true }, proxy_protocol from balancers, allow }
GET "/orders" -> orders { allow when client.ip in 127.0.0.0/8 or client.ip in 192.0.2.0/24 }
`,
    {
      CERT: pem.write("cert.pem", server.pem),
      KEY: pem.write("key.pem", server.key),
      TRUST: pem.write("trust.pem", partners.pem),
    },
  );
});
afterAll(() => doors.close());

/** The status of a call, or that there was no answer. */
function statusBy(session: ClientHttp2Session): Promise<number | "no answer"> {
  return new Promise((resolve) => {
    const done = (status: number | "no answer"): void => {
      session.destroy();
      resolve(status);
    };
    session.on("error", () => done("no answer")).on("close", () => done("no answer"));
    const stream = session.request({ ":path": "/orders", ":authority": "gateway.example" });
    stream.on("error", () => done("no answer")).on("response", (headers) => done(Number(headers[":status"])));
  });
}

const tls = () => ({ ca: authority.pem, servername: "gateway.example", ALPNProtocols: ["h2"] });

test("a caller's certificate is asked for, and one without gets no answer", async () => {
  const url = `https://127.0.0.1:${doors.port("partners")}`;
  expect(await statusBy(connect(url, { ...tls(), cert: device.pem, key: device.key }))).toBe(200);
  expect(await statusBy(connect(url, tls()))).toBe("no answer");
});

test.each([
  ["192.0.2.7", 200],
  ["203.0.113.7", 403],
])("behind a balancer the caller is whom its header names: %s", async (source, status) => {
  for (const entry of ["balanced", "clear"]) {
    const socket = connectPlain(doors.port(entry), "127.0.0.1");
    socket.write(headerV2({ source, target: "127.0.0.1" }));
    const createConnection = () => (entry === "clear" ? socket : connectTls({ ...tls(), socket }));
    expect(await statusBy(connect(`${entry === "clear" ? "http" : "https"}://127.0.0.1`, { createConnection }))).toBe(status);
    expect(doors.log.at(-1)).toMatchObject({ client: source, entry });
  }
});

test("without the balancer's header there is no answer", async () => {
  expect(await statusBy(connect(`http://127.0.0.1:${doors.port("clear")}`))).toBe("no answer");
  expect(doors.faults).toEqual([]);
});
