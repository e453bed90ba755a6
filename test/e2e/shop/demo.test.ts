/** `npm start`: what it shows works as it says, and Ctrl-C stops everything. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { environment, until } from "../../cli/gwl.ts";
import { call } from "./gateway-process.ts";
import { SHOP } from "./shop.ts";

test("three calls to try, with the answers that it promises; then it ends whole", async () => {
  const child = spawn(process.execPath, [join(SHOP, "demo/start.ts")], { env: environment({ PORT: "0" }), detached: true });
  let out = "";
  let code: number | null | undefined;
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (out += String(chunk)));
  child.on("close", (ended) => (code = ended));
  onTestFinished(() => {
    if (code === undefined && child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
  });
  await until(() => out.includes("Ctrl-C stops everything") || code !== undefined);
  expect(out).toMatch(
    /^Compiling .*\nThe shop listens on http:\/\/localhost:\d+\. Its routes, and who may call them:\n\nGET +\/health +public/,
  );
  const port = Number(/listens on http:\/\/localhost:(\d+)/.exec(out)?.[1]);
  const token = /^ {2}TOKEN=(\S+)$/m.exec(out)?.[1] ?? "";
  const promised = [...out.matchAll(/^\d\. \w+: (\d+)\.[^]*?^ {2}curl -i (?:-X (\w+) )?http:\/\/localhost:\d+(\S+)(.*)$/gm)];
  expect(promised.map(([, status]) => status)).toEqual(["200", "403", "401"]);
  for (const [, status, method = "GET", path = "", rest = ""] of promised) {
    const answer = await call(port, `${method} ${path}`, rest.includes("$TOKEN") ? { token } : {});
    expect(String(answer.status)).toBe(status);
    if (status === "403") expect(answer.text).toContain("outside the allowed network");
    if (status === "200")
      expect(JSON.parse(answer.text)).toMatchObject({ method: "GET", path: "/orders", headers: { "x-tenant": "none" } });
  }
  await until(() => out.split('"status":').length > promised.length);
  process.kill(-(child.pid ?? 0), "SIGINT");
  await until(() => code !== undefined);
  expect(code).toBe(0);
  await expect(call(port, "GET /health")).rejects.toThrow("ECONNREFUSED");
});
