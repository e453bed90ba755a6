/** Credentials of a deployment, from where AWS puts them: real files, and real servers on loopback in place of the container's, the instance's and STS. */
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";

const SCRIPT = fileURLToPath(new URL("print-credentials.ts", import.meta.url));
const LEASE = { AccessKeyId: "ASIALEASE", SecretAccessKey: "leased", Token: "token", Expiration: "2099-01-01T00:00:00Z" };
const LEASED = { accessKeyId: "ASIALEASE", secretAccessKey: "leased", sessionToken: "token" };

let home = "";
let server: Server;
let asked: string[] = [];
let answer: (line: string, headers: Readonly<Record<string, unknown>>, body: string) => string | undefined = () => undefined;

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), "gwl-aws-"));
  asked = [];
  server = createServer((request, response) => {
    let body = "";
    request.on("data", (part) => (body += String(part)));
    request.on("end", () => {
      const line = `${request.method} ${request.url}`;
      asked.push(line);
      const text = answer(line, request.headers, body);
      response
        .writeHead(text === undefined ? 404 : 200, { "content-type": text?.startsWith("<") ? "text/xml" : "application/json" })
        .end(text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
  rmSync(home, { recursive: true });
});

const base = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const file = (name: string, text: string): string => {
  const path = join(home, name);
  writeFileSync(path, text);
  return path;
};

/** In an environment that has these variables and no others of AWS. */
function found(variables: Readonly<Record<string, string>>): Promise<{ readonly first: unknown; readonly same: boolean }> {
  const child = spawn(process.execPath, [SCRIPT], {
    env: { PATH: process.env["PATH"] ?? "", HOME: home, AWS_REGION: "eu-west-1", AWS_EC2_METADATA_DISABLED: "true", ...variables },
  });
  let [out, err] = ["", ""];
  child.stdout.on("data", (part) => (out += String(part)));
  child.stderr.on("data", (part) => (err += String(part)));
  return new Promise((resolve, reject) => {
    child.on("close", () => {
      try {
        resolve(JSON.parse(out) as { first: unknown; same: boolean });
      } catch {
        reject(new Error(err));
      }
    });
  });
}

test("the environment", async () => {
  const variables = { AWS_ACCESS_KEY_ID: "AKIDENV", AWS_SECRET_ACCESS_KEY: "secret", AWS_SESSION_TOKEN: "t" };
  expect(await found(variables)).toEqual({ first: { accessKeyId: "AKIDENV", secretAccessKey: "secret", sessionToken: "t" }, same: true });
});

test("a profile of a file", async () => {
  mkdirSync(join(home, ".aws"));
  file(".aws/credentials", "[gateway]\naws_access_key_id = AKIDFILE\naws_secret_access_key = filed\n");
  expect((await found({ AWS_PROFILE: "gateway" })).first).toEqual({ accessKeyId: "AKIDFILE", secretAccessKey: "filed" });
});

test("the container's provider, with the token of its file (EKS Pod Identity)", async () => {
  let shown: unknown;
  answer = (_line, { authorization }) => {
    shown = authorization;
    return JSON.stringify(LEASE);
  };
  const variables = {
    AWS_CONTAINER_CREDENTIALS_FULL_URI: `${base()}/v1/credentials`,
    AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: file("token", "pod-token"),
  };
  expect(await found(variables)).toEqual({ first: LEASED, same: true });
  expect([asked, shown]).toEqual([["GET /v1/credentials"], "pod-token"]);
});

test("the instance's metadata, version 2", async () => {
  answer = (line, headers) => {
    if (line === "PUT /latest/api/token") return "imds-token";
    if (headers["x-aws-ec2-metadata-token"] !== "imds-token") return undefined;
    return line.endsWith("/security-credentials/") ? "gateway-role" : JSON.stringify({ ...LEASE, Code: "Success" });
  };
  const variables = { AWS_EC2_METADATA_DISABLED: "false", AWS_EC2_METADATA_SERVICE_ENDPOINT: base() };
  expect(await found(variables)).toEqual({ first: LEASED, same: true });
  expect(asked).toContain("GET /latest/meta-data/iam/security-credentials/gateway-role");
});

test("a web identity, exchanged at STS (IAM roles for service accounts)", async () => {
  let sent = "";
  answer = (_line, _headers, body) => {
    sent = body;
    return `<AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleWithWebIdentityResult><Credentials>
<AccessKeyId>ASIALEASE</AccessKeyId><SecretAccessKey>leased</SecretAccessKey><SessionToken>token</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration>
</Credentials></AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>`;
  };
  const variables = {
    AWS_WEB_IDENTITY_TOKEN_FILE: file("web-token", "eyJ.web.token"),
    AWS_ROLE_ARN: "arn:aws:iam::111122223333:role/gateway",
    AWS_ENDPOINT_URL_STS: base(),
  };
  expect((await found(variables)).first).toMatchObject(LEASED);
  expect(sent).toContain("WebIdentityToken=eyJ.web.token");
});

test("nobody gives any: none, and nobody is asked again at once", async () => {
  const variables = { AWS_CONTAINER_CREDENTIALS_FULL_URI: `${base()}/none` };
  expect(await found(variables)).toEqual({ first: null, same: true });
  const once = asked.length;
  expect(once).toBeGreaterThan(0);
  expect(new Set(asked)).toEqual(new Set(["GET /none"]));
});
