/** The example of a page that is made of three services, served over sockets before all three of them. */
import { scryptSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { compose } from "../../runtime/hosts/node/compose/compose.ts";
import { managedHttpBackend } from "../../runtime/hosts/node/upstream/managed-backend.ts";
import { serveText } from "../emit/serve-text.ts";
import { httpBackend, portOf } from "../runtime/hosts/served.ts";

const SOURCE = readFileSync(fileURLToPath(new URL("../../examples/one-page/gateway.gwl", import.meta.url)), "utf8");

/** As the PHC string format has it. */
function hashed(password: string): string {
  const salt = Buffer.from("0123456789abcdef");
  const hash = scryptSync(password, salt, 32, { N: 2 ** 14, r: 8, p: 1 });
  const unpadded = (bytes: Buffer): string => bytes.toString("base64").replace(/=+$/, "");
  return `$scrypt$ln=14,r=8,p=1$${unpadded(salt)}$${unpadded(hash)}`;
}

type Said = { readonly status: number; readonly body: unknown };

test("the page is there without what it can do without, and not without the rest", async () => {
  const order = { number: "o1", total: 7, placed: "2026-11-30T09:00:00Z" };
  const usual: Readonly<Record<string, Said>> = {
    "/customers/ada": { status: 200, body: { name: "Ada", tier: "gold" } },
    "/orders?customer=ada&limit=5": { status: 200, body: [order] },
    "/customers/ada/wishes": { status: 200, body: { texts: ["a boat"] } },
  };
  let said = usual;
  const asked: string[] = [];
  const service = await httpBackend((request, response) => {
    asked.push(request.url ?? "");
    const { status, body } = said[request.url ?? ""] ?? { status: 404, body: {} };
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  });
  const url = `http://127.0.0.1:${portOf(service)}`;
  const USERS = JSON.stringify({ users: [{ name: "ada", password: hashed("secret") }] });
  const { serving } = await serveText(SOURCE, {
    variables: { CUSTOMERS_URL: url, ORDERS_URL: url, WISHES_URL: url, USERS },
    options: { port: 0, compose, backends: { http: managedHttpBackend } },
  });
  onTestFinished(async () => {
    await serving.stop(0);
    service.closeAllConnections();
    service.close();
  });
  const page = async (changes: Readonly<Record<string, Said>> = {}): Promise<readonly [status: number, body: unknown]> => {
    said = { ...usual, ...changes };
    const authorization = `Basic ${Buffer.from("ada:secret").toString("base64")}`;
    const answer = await fetch(`http://127.0.0.1:${serving.port}/v1/home?limit=500`, { headers: { authorization } });
    return [answer.status, await answer.json()];
  };

  const whole = { name: "Ada", is_gold: true, orders: [{ number: "o1", total: 7 }], wishes: ["a boat"] };
  expect(await page()).toEqual([200, whole]);
  expect(asked.sort()).toEqual(Object.keys(usual).sort());
  expect(await page({ "/orders?customer=ada&limit=5": { status: 404, body: {} } })).toEqual([200, { ...whole, orders: [] }]);
  expect(await page({ "/customers/ada/wishes": { status: 500, body: {} } })).toEqual([200, { ...whole, wishes: [] }]);
  expect(await page({ "/customers/ada/wishes": { status: 200, body: ["a boat"] } })).toEqual([200, { ...whole, wishes: [] }]);
  const unwell = [502, { error: "our shop is not well" }];
  expect(await page({ "/orders?customer=ada&limit=5": { status: 500, body: {} } })).toEqual(unwell);
  expect(await page({ "/customers/ada": { status: 200, body: { name: "Ada", tier: "gold", margin: 3 } } })).toEqual(unwell);
  expect((await fetch(`http://127.0.0.1:${serving.port}/v1/home`)).status).toBe(401);
});
