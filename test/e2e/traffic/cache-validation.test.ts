/** Answers that a gateway keeps, over sockets: whether they are still good, what clients say of them, and what they vary by. */
import { describe, expect, test } from "vitest";
import { type Answering, as, bodies, isSame, says } from "./cached-gateway.ts";
import { oneGateway } from "./one-gateway.ts";

const TEXT = `
gateway g { listen 0, accept Customer }
GET "/mine/{path: Rest}" -> up { allow, cache 30s }
GET "/open/{path: Rest}" -> up { public because "a test", cache 30s for everyone { refresh: anyone, status: true } }
`;

const here = oneGateway(TEXT);

describe("asking whether it is still good", () => {
  const validated: Answering = (response, number, { "if-none-match": known }) => {
    if (known === '"v1"') response.writeHead(304, { etag: '"v1"', "x-asked": String(number), "cache-control": "max-age=30" }).end();
    else response.writeHead(200, { etag: '"v1"', "content-type": "text/plain", "cache-control": "no-cache" }).end(`answer ${number}`);
  };

  test("of the backend: what is unchanged is kept on, with its new fields", async () => {
    here.answering = validated;
    const at = here.path("open");
    const first = await here.gateway.get(at);
    const second = await here.gateway.get(at);
    expect([second.status, second.body, second.headers["content-type"]]).toEqual([200, first.body, "text/plain"]);
    expect(second.headers["x-asked"]).toBeDefined();
    expect(second.headers["cache-status"]).toBe("gwl; fwd=stale; fwd-status=304; stored");
    const asked = here.gateway.asked.length;
    expect((await here.gateway.get(at)).body).toBe(first.body);
    expect(here.gateway.asked.length).toBe(asked);
    expect(here.gateway.entries.at(-1)?.cache).toBe("hit");
  });

  test("of the gateway: a client that has it gets a 304", async () => {
    here.answering = says({ etag: '"v2"', "content-type": "text/plain" });
    const at = here.path("open");
    await here.gateway.get(at);
    for (const known of ['"v2"', 'W/"v2", "x"', "*"]) {
      const answer = await here.gateway.get(at, { "if-none-match": known });
      expect([answer.status, answer.body, answer.headers.etag]).toEqual([304, "", '"v2"']);
      expect(answer.headers["content-type"]).toBeUndefined();
    }
    expect((await here.gateway.get(at, { "if-none-match": '"v3"' })).status).toBe(200);
    here.answering = says({ "last-modified": "Mon, 02 Nov 2026 10:00:00 GMT" });
    const dated = here.path("open");
    await here.gateway.get(dated);
    expect((await here.gateway.get(dated, { "if-modified-since": "Mon, 02 Nov 2026 10:00:00 GMT" })).status).toBe(304);
    expect((await here.gateway.get(dated, { "if-modified-since": "Mon, 02 Nov 2026 09:59:59 GMT" })).status).toBe(200);
  });

  test("what a client has is no matter of the backend's where nothing is kept", async () => {
    here.answering = validated;
    const at = here.path("open");
    expect((await here.gateway.get(at, { "if-none-match": '"v1"' })).status).toBe(304);
    expect(here.gateway.asked.at(-1)?.headers["if-none-match"]).toBeUndefined();
  });

  test("a 304 about something else is no answer", async () => {
    here.answering = validated;
    const at = here.path("open");
    await here.gateway.get(at);
    here.answering = (response, number, { "if-none-match": known }) =>
      known === undefined ? says({ etag: '"v9"' })(response, number, {}) : void response.writeHead(304, { etag: '"v8"' }).end();
    const answer = await here.gateway.get(at);
    expect([answer.status, answer.headers.etag]).toEqual([200, '"v9"']);
  });
});

describe("what clients say", () => {
  test("no-cache is heeded where the program lets anyone", async () => {
    const at = here.path("open");
    const [first, anew, after] = await bodies([
      () => here.gateway.get(at),
      () => here.gateway.get(at, { "cache-control": "no-cache" }),
      () => here.gateway.get(at),
    ]);
    expect(anew).not.toBe(first);
    expect(after).toBe(anew);
  });

  test("and nowhere else: who may not invalidate gets what is kept", async () => {
    const at = here.path("mine");
    const wish = { ...as("ann"), "cache-control": "max-age=0" };
    expect(isSame(await bodies([() => here.gateway.get(at, as("ann")), () => here.gateway.get(at, wish)]))).toBe(true);
  });

  test("parts and conditions about what is there now pass by", async () => {
    here.answering = (response, _number, { range }) => void response.writeHead(range === undefined ? 200 : 206).end(String(range));
    const at = here.path("open");
    expect((await here.gateway.get(at)).body).toBe("undefined");
    expect((await here.gateway.get(at, { range: "bytes=0-1" })).body).toBe("bytes=0-1");
    expect(here.gateway.entries.at(-1)?.cache).toBe("bypass");
  });

  test("HEAD is answered by what was kept of GET", async () => {
    const at = here.path("open");
    await here.gateway.get(at, {}, "HEAD");
    expect(here.gateway.asked.at(-1)?.method).toBe("HEAD");
    const { body } = await here.gateway.get(at);
    const asked = here.gateway.asked.length;
    const head = await here.gateway.get(at, {}, "HEAD");
    expect([head.status, head.body, head.headers["content-length"]]).toEqual([200, "", String(body.length)]);
    expect(here.gateway.asked.length).toBe(asked);
  });
});

describe("answers that vary", () => {
  test("go to whoever asks alike", async () => {
    here.answering = (response, number, { accept }) =>
      void response.writeHead(200, { vary: "Accept , X-B" }).end(`${String(accept)} ${number}`);
    const at = here.path("open");
    const asking = ["text/html", "text/plain", "text/html", "text/plain"].map((accept) => () => here.gateway.get(at, { accept }));
    const [html, plain, again, once] = await bodies(asking);
    expect([again, once]).toEqual([html, plain]);
    expect(html).toMatch(/^text\/html/);
    expect((await here.gateway.get(at, { accept: "text/html", "x-b": "1" })).body).not.toBe(html);
  });

  test("in parallel, each variant is asked for", async () => {
    here.answering = (response, number, { accept }) => void response.writeHead(200, { vary: "Accept" }).end(`${String(accept)} ${number}`);
    const at = here.path("open");
    const kinds = ["a/a", "b/b", "c/c"];
    const all = await Promise.all(Array.from({ length: 30 }, (_, turn) => here.gateway.get(at, { accept: kinds[turn % 3] ?? "" })));
    all.forEach(({ body }, turn) => expect(body.startsWith(kinds[turn % 3] ?? "none")).toBe(true));
  });
});
