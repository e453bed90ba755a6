/** A built gateway whose callers sign, with an echo behind it, in a folder of the test's own. */
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { BIN, ended, environment } from "../../cli/gwl.ts";
import { endOf, type Gateway, portOf, startGateway } from "../shop/gateway-process.ts";
import { type Backend, backend } from "../shop/parties.ts";

/** The same account, once with a key of a user and once with session credentials. */
export const ALICE = { accessKeyId: "AKIAALICEEXAMPLE0001", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" };
export const CI = {
  accessKeyId: "ASIADEPLOYEXAMPLE001",
  secretAccessKey: "je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY",
  sessionToken:
    "AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22wDOk4x4HIZ8j4FZTwdQWLWsKWHGBuFqwAeMicRXmxfpSPfIeoIYRqTflfKD8YUuwthAx7mSEI/qkPpKPi/kMcGdQrmGdeehM4IC1NtBmUpp2wUE8phUZampKsburEDy0KPkyQDYwT7WZ0wq5VSXDvp75YU9HFvlRd8Tx6q6fE8YQcHNVXAkiY9q6d+xo0rKwT38xVqr7ZD0u0iPPkUL64lIZbqBAz+scqKmlzm8FDrypNC9Yjc8fPOLn9FX9KSYvKTr4rvx3iSIlTJabIQwj2ICCR/oLxBA==",
};
export const REGION = "eu-west-1";

const FILES = {
  "gateway.gwl": `gwl 1

env BACKEND: Url

identity Caller = sigv4 { principals: from "iam/principals.yaml", regions: ["${REGION}"], unsigned_payload: true }
identity Strict = sigv4 { principals: from "iam/principals.yaml", regions: ["${REGION}"] }

backend echo = http { targets: [BACKEND] }

gateway signed { accept Caller, listen 0 }

ANY "/any/{rest: Rest}" -> echo { allow when principal.name == "alice" or (has principal.session and principal.session == "ci") }
POST "/typed" body { n: Int, text: String } -> echo { allow when principal is known and body.n < 100 }
POST "/strict" -> echo { accept Strict, allow when principal is known }
GET "/ops" -> echo { allow when "operators" in principal.groups and has principal.tags.team and principal.tags.team == "orders" }
`,
  "iam/principals.yaml": `version: 1
accounts:
  "111122223333":
    groups: { operators: {} }
    users:
      alice:
        groups: [operators]
        tags: { team: orders }
        keys: [{ id: ${ALICE.accessKeyId}, secret: ALICE_KEY }]
    roles:
      deployer:
        sessions:
          ci:
            keys: [{ id: ${CI.accessKeyId}, secret: CI_KEY, token: CI_TOKEN }]
`,
};

export type Signed = { readonly backend: Backend; readonly gateway: Gateway; readonly port: number };

/** Started before the tests of a file and gone after them. */
export function signedGateway(): () => Signed {
  let running: (Signed & { readonly folder: string }) | undefined;
  const here = (): Signed & { readonly folder: string } => {
    if (running === undefined) throw new Error("the gateway does not run yet");
    return running;
  };
  beforeAll(async () => {
    running = await open();
  });
  afterAll(async () => {
    const { gateway, backend: echo, folder } = here();
    gateway.child.kill("SIGTERM");
    await endOf(gateway);
    echo.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return here;
}

async function open(): Promise<Signed & { readonly folder: string }> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "gwl-signed-")));
  for (const [path, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const bundle = join(folder, "bundle");
  const built = await ended(spawn(process.execPath, [BIN, "build", folder, "--out", bundle], { env: environment() }));
  if (built.code !== 0) throw new Error(`the gateway does not build: ${built.out}${built.err}`);
  const echo = await backend("echo");
  const variables = { BACKEND: echo.url, ALICE_KEY: ALICE.secretAccessKey, CI_KEY: CI.secretAccessKey, CI_TOKEN: CI.sessionToken };
  const gateway = startGateway(bundle, variables);
  return { folder, backend: echo, gateway, port: await portOf(gateway) };
}
