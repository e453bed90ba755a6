/** Clients resume TLS at any worker, after a hot swap too, until the keys of tickets change: by Node's client and by that of OpenSSL. */
import { execFile } from "node:child_process";
import { connect, type SecureVersion } from "node:tls";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { until } from "../../cli/gwl.ts";
import { adminCall } from "../../figures/admin-call.ts";
import { certificate, clientAuth, type Made, pemFolder, serverAuth } from "../../harness/certificates.ts";
import { freePorts } from "../observe/built-gateway.ts";
import { buildText } from "../process/build-text.ts";
import { endOf, type Gateway, portOf, startGateway } from "../shop/gateway-process.ts";

const text = (version: string): string => `gwl 1

env CERT: String
env KEY: String
env TRUST: String
env OUTSIDE: Int 0..65535
env PARTNERS: Int 0..65535

identity Partner = mtls { entry: partners }
gateway shop {}
entry outside { listen OUTSIDE, tls { certificate: CERT, key: KEY }, allow }
entry partners { listen PARTNERS, tls { certificate: CERT, key: KEY }, mtls { truststore: TRUST }, allow }
GET "/version" { public because "a test", respond 200 { version: "${version}" } }
GET "/mine" { accept Partner, allow, respond 200 { version: "${version}" } }
`;

const pem = pemFolder();
let authority: Made;
let partner: Made;
let bundle = "";
let next = "";
let files: Readonly<Record<string, string>> = {};
beforeAll(async () => {
  authority = await certificate({ subject: "CN=Servers", isAuthority: true });
  partner = await certificate({ subject: "CN=partner", by: authority, uses: [clientAuth] });
  const names = [{ type: "dns", value: "gateway.example" }] as const;
  const server = await certificate({ subject: "CN=gateway.example", by: authority, uses: [serverAuth], names });
  files = {
    CERT: pem.write("cert.pem", server.pem),
    KEY: pem.write("key.pem", server.key),
    TRUST: pem.write("trust.pem", authority.pem),
  };
  bundle = await buildText(text("A"), afterAll);
  next = await buildText(text("B"), afterAll);
});

type Running = { readonly gateway: Gateway; readonly outside: number; readonly partners: number; readonly admin: string };

async function started(workers: number): Promise<Running> {
  const [outside = 0, partners = 0] = await freePorts(2);
  const admin = pem.path(`admin-${outside}`);
  const places = { OUTSIDE: String(outside), PARTNERS: String(partners), ...(workers > 0 && { ADMIN_SOCKET: admin }) };
  const gateway = startGateway(bundle, { WORKERS: String(workers), ...files, ...places }, `${import.meta.dirname}/hour-passes.ts`);
  onTestFinished(async () => {
    gateway.child.kill("SIGKILL");
    await endOf(gateway);
  });
  await portOf(gateway);
  return { gateway, outside, partners, admin };
}

type Visit = { readonly isResumed: boolean; readonly ticket: Buffer; readonly heard: string };
type Visiting = { readonly ticket?: Buffer; readonly max?: SecureVersion; readonly path?: string };

function visit(port: number, { ticket, max = "TLSv1.3", path = "/version" }: Visiting = {}): Promise<Visit> {
  return new Promise((resolve, reject) => {
    const shown = path === "/mine" ? { cert: partner.pem, key: partner.key } : {};
    const where = { host: "127.0.0.1", port, servername: "gateway.example", ca: authority.pem, maxVersion: max };
    const socket = connect({ ...where, ...shown, ...(ticket && { session: ticket }) });
    let given: Buffer = Buffer.alloc(0);
    let [heard, isResumed] = ["", false];
    socket.on("secureConnect", () => (isResumed = socket.isSessionReused()));
    socket.on("session", (session: Buffer) => (given = session));
    socket.on("data", (chunk: Buffer) => (heard += chunk.toString("latin1")));
    socket.on("error", reject);
    socket.setTimeout(20_000, () => socket.destroy(new Error("no answer")));
    socket.on("close", () =>
      resolve({ isResumed, ticket: given, heard: `${heard.slice(9, 12)} ${/"version":"(.)"/.exec(heard)?.[1] ?? ""}` }),
    );
    socket.write(`GET ${path} HTTP/1.1\r\nHost: gateway.example\r\nConnection: close\r\n\r\n`);
  });
}

/** How many of nine are resumed, one after the other, so that all workers are met; all of them are answered by this version. */
async function resumedOfNine(port: number, visiting: Visiting, version = "A"): Promise<number> {
  let count = 0;
  for (let at = 0; at < 9; at++) {
    const { isResumed, heard } = await visit(port, visiting);
    expect(heard).toBe(`200 ${version}`);
    if (isResumed) count++;
  }
  return count;
}

describe("three workers", () => {
  test.each(["TLSv1.2", "TLSv1.3"] as const)(
    "%s: any resumes what another began, also of the next bundle and in a dead one's place",
    async (max) => {
      const { outside, gateway, admin } = await started(3);
      const { ticket, isResumed } = await visit(outside, { max });
      expect(isResumed).toBe(false);
      expect(await resumedOfNine(outside, { ticket, max })).toBe(9);
      const swapped = await adminCall(admin, "POST", "/-/swap", { bundle: next });
      expect(swapped.body).toMatchObject({ swapped: true });
      expect(await resumedOfNine(outside, { ticket, max }, "B")).toBe(9);

      const serving = async (): Promise<readonly number[]> => {
        const { workers } = (await adminCall(admin, "GET", "/-/version")).body as {
          readonly workers: readonly { pid: number; state: string }[];
        };
        return workers.filter(({ state }) => state === "serving").map(({ pid }) => pid);
      };
      const [victim = 0, ...others] = await serving();
      process.kill(victim, "SIGKILL");
      await until(() => gateway.out.includes('"event":"worker-ended"'));
      await expect.poll(async () => (await serving()).filter((pid) => pid !== victim).length, { timeout: 20_000 }).toBe(others.length + 1);
      expect(await resumedOfNine(outside, { ticket, max }, "B")).toBe(9);
    },
  );

  test("after an hour what was begun before is begun anew, and what begins then is resumed by all", async () => {
    const { outside, gateway } = await started(3);
    const { ticket } = await visit(outside);
    expect(await resumedOfNine(outside, { ticket })).toBe(9);
    gateway.child.kill("SIGUSR2");
    await expect.poll(() => resumedOfNine(outside, { ticket }), { timeout: 20_000 }).toBe(0);
    expect(await resumedOfNine(outside, { ticket: (await visit(outside)).ticket })).toBe(9);
  });

  test("who shows a certificate shows it each time", async () => {
    const { partners } = await started(3);
    for (const max of ["TLSv1.2", "TLSv1.3"] as const) {
      const { ticket, heard } = await visit(partners, { max, path: "/mine" });
      expect(heard).toBe("200 A");
      expect(await resumedOfNine(partners, { ticket, max, path: "/mine" })).toBe(0);
    }
  });

  test.each([["-tls1_2"], ["-tls1_3"]])("OpenSSL resumes as well: %s", async (version) => {
    const { outside, partners } = await started(3);
    const run = async (port: number, ...more: readonly string[]): Promise<string> => {
      const line = [
        "s_client",
        "-connect",
        `127.0.0.1:${port}`,
        "-servername",
        "gateway.example",
        "-CAfile",
        files["TRUST"] ?? "",
        version,
        ...more,
      ];
      const running = promisify(execFile)("openssl", line);
      running.child.stdin?.write("GET /version HTTP/1.1\r\nHost: gateway.example\r\nConnection: close\r\n\r\n");
      const { stdout } = await running;
      return /^(New|Reused), TLSv/m.exec(stdout)?.[1] ?? stdout;
    };
    const session = pem.path(`session${version}`);
    expect(await run(outside, "-ign_eof", "-sess_out", session)).toBe("New");
    for (let at = 0; at < 3; at++) expect(await run(outside, "-ign_eof", "-sess_in", session)).toBe("Reused");
    // A ticket of one entry is nothing at another.
    expect(await run(partners, "-ign_eof", "-sess_in", session).catch(() => "refused")).not.toBe("Reused");
  });
});

test("a process alone resumes, until its keys change", async () => {
  const { outside, gateway } = await started(0);
  const { ticket } = await visit(outside);
  expect(await resumedOfNine(outside, { ticket })).toBe(9);
  gateway.child.kill("SIGUSR2");
  await expect.poll(() => resumedOfNine(outside, { ticket }), { timeout: 20_000 }).toBe(0);
  expect(await resumedOfNine(outside, { ticket: (await visit(outside)).ticket })).toBe(9);
});
