/** Bytes of lists over real sockets and from real files. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, truncateSync, utimesSync, writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { ask } from "../../runtime/hosts/node/ask.ts";
import { type Fetched, fetchList } from "../../runtime/hosts/node/lists/fetch-list.ts";

const shown = (fetched: Fetched): string =>
  fetched.kind === "bytes"
    ? `${Buffer.from(fetched.bytes).toString()} (${fetched.tag ?? "no tag"})`
    : fetched.kind === "same"
      ? "same"
      : `failed: ${fetched.why}`;

async function server(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const started = createServer(answer);
  await new Promise<void>((resolve) => started.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    started.closeAllConnections();
    started.close();
  });
  return `http://127.0.0.1:${(started.address() as AddressInfo).port}/blocked.txt`;
}

const fetched = async (url: string, tag?: string): Promise<string> => shown(await fetchList({ kind: "url", url }, tag, ask));

describe("over HTTP", () => {
  test("a version that is known is not sent again", async () => {
    const url = await server((request, response) => {
      if (request.headers["if-none-match"] === '"v1"') response.writeHead(304).end();
      else response.writeHead(200, { etag: '"v1"' }).end("10.0.0.0/8\n");
    });
    expect([await fetched(url), await fetched(url, '"v1"'), await fetched(url, '"v0"')]).toEqual([
      '10.0.0.0/8\n ("v1")',
      "same",
      '10.0.0.0/8\n ("v1")',
    ]);
  });

  test.each([404, 500, 301, 206, 204, 304])("an answer with %i is no list", async (status) => {
    const url = await server((_, response) => void response.writeHead(status, { location: "/elsewhere" }).end());
    expect(await fetched(url)).toBe(`failed: its server answers with ${status}`);
  });

  test("an answer that breaks off is no list, and nobody there is none", async () => {
    const cut = await server((_, response) => {
      response.writeHead(200, { "content-length": "100" }).write("10.0.0.0/8\n");
      setTimeout(() => response.destroy(), 20);
    });
    expect(await fetched(cut)).toMatch(/^failed: /);
    expect(await fetched("http://127.0.0.1:1/x")).toMatch(/^failed: .*ECONNREFUSED/);
  });

  test("more than the compiler would read is not read", async () => {
    const url = await server((_, response) => {
      response.writeHead(200);
      const part = Buffer.alloc(1024 * 1024, "#");
      const more = (): void => {
        if (!response.destroyed && response.write(part)) setImmediate(more);
      };
      response.on("drain", more);
      more();
    });
    expect(await fetched(url)).toBe("failed: an answer of more than 67108864 bytes");
  });
});

describe("from a file", () => {
  const folder = (): string => {
    const made = mkdtempSync(join(tmpdir(), "gwl-lists-"));
    onTestFinished(() => rmSync(made, { recursive: true, force: true }));
    return made;
  };
  const from = async (path: string): Promise<string> => shown(await fetchList({ kind: "file", path }, undefined, ask));

  test("what somebody is writing to is waited for, so that no half of it counts", async () => {
    const path = join(folder(), "list.txt");
    const file = openSync(path, "w");
    const lines = ["10.0.0.0/8", "192.0.2.7", "192.0.2.8", "2001:db8::/32"];
    writeSync(file, `${lines[0]}\n`);
    const reading = from(path);
    for (const line of lines.slice(1)) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      writeSync(file, `${line}\n`);
    }
    closeSync(file);
    expect(await reading).toBe(`${lines.join("\n")}\n (no tag)`);
  });

  test("a file of tomorrow is read all the same", async () => {
    const path = join(folder(), "list.txt");
    writeFileSync(path, "10.0.0.0/8");
    const tomorrow = Date.now() / 1000 + 86_400;
    utimesSync(path, tomorrow, tomorrow);
    expect(await from(path)).toBe("10.0.0.0/8 (no tag)");
  });

  test("what is no file that can be read says so", async () => {
    const here = folder();
    mkdirSync(join(here, "folder"));
    writeFileSync(join(here, "large"), "");
    truncateSync(join(here, "large"), 64 * 1024 * 1024 + 1);
    expect([await from(join(here, "none")), await from(join(here, "folder")), await from(join(here, "large"))]).toEqual([
      "failed: there is no such file",
      "failed: it is no file",
      "failed: it has more than 67108864 bytes",
    ]);
  });
});
