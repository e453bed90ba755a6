/** `gwl explain` on a route that lets in nobody who signs: IAM policies of signers are not among what was never asked. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { gwl } from "./gwl.ts";

const FILES = {
  "gateway.gwl": `gwl 1
secret KEY: String
identity Signer = sigv4 { principals: from "principals.yaml", regions: ["eu-west-1"] }
gateway shop { listen 8080, arn { region: "eu-west-1", account: 111122223333, api_id: "abc123" } }
GET "/signed" { accept Signer, deny when client.ip in 203.0.113.0/24 because "closed", allow, respond 200 }
GET "/open"   { deny when client.ip in 203.0.113.0/24 because "closed", public because "open", respond 200 }
`,
  "principals.yaml": `version: 1
accounts:
  "111122223333":
    policies:
      NoPosts: { Version: "2012-10-17", Statement: [{ Sid: NoPosts, Effect: Deny, Action: "*", Resource: "*" }, { Effect: Allow, Action: "*", Resource: "*" }] }
    users:
      ana: { policies: [NoPosts], keys: [{ id: AKIAANAEXAMPLE000001, secret: KEY }] }
`,
};

test.each([
  ["/signed", true],
  ["/open", false],
])("%s lists them: %s", async (path, listed) => {
  const folder = mkdtempSync(join(tmpdir(), "gwl-strangers-"));
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text);
  const { out } = await gwl(["explain", `GET ${path}`, "--from", "203.0.113.7"], { cwd: folder });
  expect(out).toContain("denied (403)");
  expect(out.includes("NoPosts")).toBe(listed);
  expect(out.includes("IAM policies of Signer")).toBe(listed);
  rmSync(folder, { recursive: true });
});
