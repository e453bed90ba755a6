/** What servers are told of the certificates of callers (RFC 9440), over real TLS: at entries that asked for one, and by nobody else. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { certificate, clientAuth, type Made, pemFolder, serverAuth } from "../../harness/certificates.ts";
import { type Opened, openDoors } from "./open-doors.ts";
import { callTls } from "./tls-call.ts";

const TEXT = `
env CERT: String
env KEY: String
env TRUST: String
backend told = http { targets: [BACKEND], client_certificate: forward }
backend untold = http { targets: [BACKEND] }
gateway shop { }
entry outside  { listen 0, tls { certificate: CERT, key: KEY }, allow }
entry partners { listen 0, tls { certificate: CERT, key: KEY }, mtls { truststore: TRUST }, allow }
GET "/told" -> told { public because "a test" }
GET "/untold" -> untold { public because "a test" }
`;

const pem = pemFolder();
let doors: Opened;
let authority: Made;
let partners: Made;
let between: Made;
let device: Made;

beforeAll(async () => {
  authority = await certificate({ subject: "CN=Servers", isAuthority: true });
  partners = await certificate({ subject: "CN=Partners", isAuthority: true });
  between = await certificate({ subject: "CN=Between", by: partners, isAuthority: true });
  device = await certificate({ subject: "CN=device-7", by: between, uses: [clientAuth] });
  const names = [{ type: "dns", value: "gateway.example" } as const];
  const server = await certificate({ subject: "CN=gateway.example", by: authority, uses: [serverAuth], names });
  const variables = {
    CERT: pem.write("cert.pem", server.pem),
    KEY: pem.write("key.pem", server.key),
    TRUST: pem.write("trust.pem", partners.pem),
  };
  doors = await openDoors(TEXT, variables);
});
afterAll(() => doors.close());

const bytes = ({ certificate: { rawData } }: Made): string => `:${Buffer.from(rawData).toString("base64")}:`;

async function told(entry: string, path: string, headers: Record<string, string> = {}): Promise<readonly unknown[]> {
  const shown = entry === "partners" ? { cert: device.pem + between.pem, key: device.key } : {};
  expect(await callTls(doors.port(entry), path, { ca: authority.pem, ...shown, headers })).toMatchObject({ status: 200 });
  const call = doors.calls.at(-1) ?? {};
  return [call["client-cert"], call["client-cert-chain"]];
}

test("the caller's own, and those that vouch for it", async () => {
  expect(await told("partners", "/told")).toEqual([bytes(device), `${bytes(between)}, ${bytes(partners)}`]);
});

test("what the client says of itself is dropped", async () => {
  const lies = { "Client-Cert": bytes(partners), "Client-Cert-Chain": bytes(authority) };
  expect(await told("partners", "/told", lies)).toEqual([bytes(device), `${bytes(between)}, ${bytes(partners)}`]);
  expect(await told("outside", "/told", lies)).toEqual([undefined, undefined]);
});

test("no server is told that was not meant to be", async () => {
  expect(await told("partners", "/untold")).toEqual([undefined, undefined]);
});
