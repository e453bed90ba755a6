/** Who calls, told by the certificate that a real TLS client shows at an entry. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { certificate, clientAuth, type Made, pemFolder, serverAuth } from "../../harness/certificates.ts";
import { openDoors, type Opened } from "./open-doors.ts";
import { callTls } from "./tls-call.ts";

const TEXT = `
env CERT: String
env KEY: String
env DEVICES: String
env OTHERS: String
backend telemetry = http { targets: [BACKEND] }
gateway shop { limits { header_timeout: 500ms } }
entry devices { listen 0, tls { certificate: CERT, key: KEY }, mtls { truststore: DEVICES }, allow }
entry others  { listen 0, tls { certificate: CERT, key: KEY }, mtls { truststore: OTHERS }, allow }
entry plain   { listen 0, tls { certificate: CERT, key: KEY }, allow }
identity Device = mtls {
  entry: devices
  id: "subject.CN"
  fields { "subject.O" as maker: String, "san.dns" as hosts: Set<String> }
}
GET "/telemetry" -> telemetry {
  accept Device
  allow when principal.maker == "Acme" and "seven.device.example" in principal.hosts
  set header "X-Device" = principal.id
}
`;

const pem = pemFolder();
let doors: Opened;
let authority: Made;
let devices: Made;
let others: Made;

beforeAll(async () => {
  authority = await certificate({ subject: "CN=Servers", isAuthority: true });
  devices = await certificate({ subject: "CN=Devices", isAuthority: true });
  others = await certificate({ subject: "CN=Others", isAuthority: true });
  const server = await certificate({
    subject: "CN=gateway.example",
    by: authority,
    uses: [serverAuth],
    names: [{ type: "dns", value: "gateway.example" }],
  });
  doors = await openDoors(TEXT, {
    CERT: pem.write("cert.pem", server.pem),
    KEY: pem.write("key.pem", server.key),
    DEVICES: pem.write("devices.pem", devices.pem),
    OTHERS: pem.write("others.pem", others.pem),
  });
});
afterAll(() => doors.close());

type Wanted = Parameters<typeof certificate>[0];

async function call(entry: string, wanted: Partial<Wanted> | undefined, headers: Record<string, string> = {}) {
  const shown =
    wanted && (await certificate({ subject: "CN=device-7,O=Acme", by: devices, uses: [clientAuth], names: names("seven"), ...wanted }));
  const options = { ca: authority.pem, ...(shown && { cert: shown.pem, key: shown.key }), headers };
  const called = await callTls(doors.port(entry), "/telemetry", options);
  return "status" in called ? called.status : "no answer";
}

const names = (host: string): NonNullable<Wanted["names"]> => [{ type: "dns", value: `${host}.device.example` }];

describe("a client certificate", () => {
  test("says who calls, by the parts that the identity names", async () => {
    expect(await call("devices", {})).toBe(200);
    expect(doors.calls.at(-1)?.["x-device"]).toBe("device-7");
    expect(doors.log.at(-1)).toMatchObject({ principal: { identity: "Device", id: "device-7" } });
  });

  test("a field of the same name that the client sends does not reach the backend", async () => {
    expect(await call("devices", {}, { "X-Device": "device-1" })).toBe(200);
    expect(doors.calls.at(-1)?.["x-device"]).toBe("device-7");
  });

  test.each<[string, Partial<Wanted>]>([
    ["of another maker", { subject: "CN=device-7,O=Other" }],
    ["of another host", { names: names("eight") }],
    ["whose maker only looks alike", { subject: "CN=device-7,O=Acme\\,O\\=Acme" }],
  ])("%s is known and may not", async (_, wanted) => {
    const before = doors.calls.length;
    expect(await call("devices", wanted)).toBe(403);
    expect(doors.calls).toHaveLength(before);
  });

  test("without a name is nobody", async () => {
    expect(await call("devices", { subject: "O=Acme" })).toBe(401);
  });

  test("of another authority, or none, ends the connection", async () => {
    expect(await call("devices", { by: others })).toBe("no answer");
    expect(await call("devices", undefined)).toBe("no answer");
  });

  test("that another entry vouches for says nothing here, and where none is asked nobody is known", async () => {
    expect(await call("others", { by: others })).toBe(401);
    expect(await call("plain", {})).toBe(401);
  });
});
