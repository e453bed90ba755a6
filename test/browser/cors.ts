/**
 * `npm run test:browser`: pages of three origins in Chromium call a built gateway of another one, with and without credentials; fails where
 * a page can read or send what it may not, or cannot what it may.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { debianPrograms } from "../editor/workbench/install.ts";
import { startedGateway } from "./started-gateway.ts";
import { ROOT } from "../laws/source-files.ts";

const out = join(ROOT, "out/browser");
const TEXT = `gwl 1

env BACKEND: Url
env PAGE: String
backend up = http { targets: [BACKEND] }
backend away = http { targets: ["http://127.0.0.1:1"] }
identity Customer = jwt { issuer: "https://id.example", audience: "shop", algorithms: [RS256], keys: url "https://id.example/keys" }

gateway g {
  listen 0
  cors { origins: [PAGE], credentials: true, expose: ["ETag"], max_age: 0s }
}
GET "/cart" -> up { public because "a test" }
POST "/cart" -> up { public because "a test" }
GET "/mine" -> up { accept Customer, allow }
GET "/away" -> away { public because "a test" }
GET "/prices" -> up { public because "a test", cors { origins: any } }
`;

const calls: string[] = [];

function backend(request: IncomingMessage, response: ServerResponse): void {
  calls.push(`${request.method} ${request.url} ${request.headers.cookie ?? ""}`);
  request.resume();
  // A backend with a mind of its own, which must not count.
  response.writeHead(200, { "access-control-allow-origin": "*", "access-control-allow-headers": "*", etag: '"v1"', "x-hidden": "1" });
  response.end("from the backend");
}

function page(_request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, { "content-type": "text/html", "set-cookie": "session=s1; Path=/; SameSite=Lax" });
  response.end("<!doctype html><title>a page</title>");
}

async function listening(listener: (request: IncomingMessage, response: ServerResponse) => void): Promise<{ server: Server; url: string }> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return { server, url: `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}` };
}

/** What the page could read: status, ETag, hidden field and text; or that it was refused. */
async function fetched(on: Page, url: string, init: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const script = `fetch(${JSON.stringify(url)}, ${JSON.stringify(init)}).then(
    async (answer) => [answer.status, answer.headers.get("etag"), answer.headers.get("x-hidden"), (await answer.text()).slice(0, 16)].join(" "),
    (error) => error.name,
  )`;
  return on.evaluate<string>(script);
}

const faults: string[] = [];
let passed = 0;
function expectEqual(what: string, found: unknown, wanted: unknown): void {
  const isSame = JSON.stringify(found) === JSON.stringify(wanted);
  if (isSame) passed++;
  else faults.push(`${what}: ${JSON.stringify(found)} and not ${JSON.stringify(wanted)}`);
  console.log(`${isSame ? "passed" : "FAILED"}  ${what}`);
}

async function checked(browser: Browser, gateway: string, own: string, strange: string): Promise<void> {
  const tab = await browser.newPage();
  await tab.goto(own);
  const json = {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: "{}",
    credentials: "include",
  };
  const read = '200 "v1"  from the backend';
  expectEqual("an allowed page reads an answer", await fetched(tab, `${gateway}/cart`, { credentials: "include" }), read);
  expectEqual("its cookie came along", calls.splice(0), ["GET /cart session=s1"]);
  expectEqual("it asks first, and may", await fetched(tab, `${gateway}/cart`, json), read);
  expectEqual("only the call itself came to the backend", calls.splice(0), ["POST /cart session=s1"]);
  const token = { headers: { authorization: "Bearer x" } };
  expectEqual(
    "a token may come where callers have one, and it reads that this one is none",
    await fetched(tab, `${gateway}/mine`, token),
    '401   {"type":"urn:gwl',
  );
  expectEqual("nowhere else", await fetched(tab, `${gateway}/cart`, token), "TypeError");
  expectEqual("it reads that nobody is known", await fetched(tab, `${gateway}/mine`), '401   {"type":"urn:gwl');
  expectEqual("it reads that a backend is away", await fetched(tab, `${gateway}/away`), '502   {"type":"urn:gwl');
  expectEqual("it reads that there is no route", await fetched(tab, `${gateway}/none`), '404   {"type":"urn:gwl');
  const other = { ...json, headers: { "x-other": "1" } };
  expectEqual("a field that was not granted stays at home", await fetched(tab, `${gateway}/cart`, other), "TypeError");
  expectEqual("`any` takes no credentials", await fetched(tab, `${gateway}/prices`, { credentials: "include" }), "TypeError");
  calls.splice(0);

  await tab.goto(strange);
  expectEqual("another page reads nothing", await fetched(tab, `${gateway}/cart`, { credentials: "include" }), "TypeError");
  calls.splice(0);
  expectEqual("nor may it send what needs asking", await fetched(tab, `${gateway}/cart`, json), "TypeError");
  expectEqual("nothing of that came to the backend", calls.splice(0), []);
  expectEqual("it reads what is for any", await fetched(tab, `${gateway}/prices`), "200   from the backend");

  await tab.goto(own);
  await tab.evaluate(`document.body.innerHTML = '<iframe sandbox="allow-scripts" srcdoc="<p>"></iframe>'`);
  const framed = tab.frames().find((frame) => frame !== tab.mainFrame());
  const fromFrame = framed?.evaluate<string>(
    `fetch(${JSON.stringify(`${gateway}/cart`)}).then((answer) => String(answer.status), (error) => error.name)`,
  );
  expectEqual("a sandboxed frame, whose origin is `null`, reads nothing", await fromFrame, "TypeError");
}

await debianPrograms({ chromium: "chromium" });
rmSync(out, { recursive: true, force: true });
mkdirSync(join(out, "program"), { recursive: true });
writeFileSync(join(out, "program/gateway.gwl"), TEXT);
const bundle = join(out, "bundle");
const built = spawnSync(process.execPath, ["compiler/cli/bin.js", "build", join(out, "program"), "--out", bundle], {
  cwd: ROOT,
  encoding: "utf8",
});
if (built.status !== 0) throw new Error(built.stdout + built.stderr);
const [behind, own, strange] = await Promise.all([listening(backend), listening(page), listening(page)]);
const gateway = await startedGateway(bundle, { BACKEND: behind.url, PAGE: own.url });
const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  headless: true,
  args: ["--disable-gpu", ...(process.getuid?.() === 0 ? ["--no-sandbox"] : [])],
});
try {
  await checked(browser, gateway.url, own.url, strange.url);
} finally {
  await browser.close();
  gateway.stop();
  for (const { server } of [behind, own, strange]) {
    server.closeAllConnections();
    server.close();
  }
}
if (faults.length > 0) console.log(faults.join("\n"));
console.log(`${passed} passed, ${faults.length} failed, 0 skipped`);
process.exitCode = faults.length === 0 ? 0 : 1;
