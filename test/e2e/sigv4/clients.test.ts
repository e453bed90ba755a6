import { describe, expect, test } from "vitest";
import { exchangeRaw, statuses } from "../../runtime/hosts/raw-client.ts";
import { bytesOf, CALLERS, CLIENTS, type Wanted } from "./clients.ts";
import { AS_ALICE, curl } from "./curl.ts";
import { ALICE, CI, signedGateway } from "./signed-gateway.ts";

const signed = signedGateway();

const json = { "content-type": "application/json" };
const WANTED: Readonly<Record<string, Wanted>> = {
  "a plain GET": { method: "GET", path: "/any/orders/1" },
  "a query out of order, with characters that are encoded": {
    method: "GET",
    path: "/any/search",
    query: "z=1&a=x%20y%2Fz&a=%C3%A9&empty=&A=2",
  },
  "a path that is encoded": { method: "GET", path: "/any/a%20b/%C3%A9/c:d@e,f" },
  "a path with a slash at its end": { method: "DELETE", path: "/any/orders/" },
  "a body that is streamed to the backend": {
    method: "PUT",
    path: "/any/file",
    body: "one\ntwo \u00e9",
    headers: { "content-type": "text/plain" },
  },
  "a body that is read": { method: "POST", path: "/typed", body: '{"n":7,"text":"sechs Äpfel"}', headers: json },
  "fields of its own": { method: "GET", path: "/any/fields", headers: { "x-amz-meta-color": "blue   and  green", "x-note": "a" } },
};

describe.each(Object.keys(CLIENTS))("%s", (name) => {
  const client = CLIENTS[name];
  describe.each(Object.entries(CALLERS))("as %s", (_caller, credentials) => {
    test.each(Object.entries(WANTED))("is taken at its word: %s", async (_what, wanted) => {
      const { port, backend } = signed();
      const before = backend.calls.length;
      const call = await client?.({ ...wanted, query: lastOfEach(wanted.query, name) ?? "" } as Wanted, credentials, `localhost:${port}`);
      if (call === undefined) throw new Error("no client");
      expect(statuses(await exchangeRaw(port, bytesOf(call)))).toEqual([200]);
      expect(backend.calls.length).toBe(before + 1);
      const received = backend.calls.at(-1);
      expect(received?.body).toBe(wanted.body ?? "");
      expect(JSON.stringify([received?.path, received?.headers])).not.toMatch(
        /AWS4-HMAC|X-Amz-(?:Signature|Credential|Security)|x-amz-security-token/,
      );
    });
  });
});

/** The SDK's signer takes one value a name. */
function lastOfEach(query: string | undefined, client: string): string | undefined {
  if (query === undefined || !client.startsWith("@smithy")) return query;
  return new URLSearchParams(Object.fromEntries(new URLSearchParams(query))).toString();
}

describe("curl --aws-sigv4", () => {
  const url = (path: string): string => `http://localhost:${signed().port}${path}`;

  test("a GET, a GET with a query and a POST are taken", async () => {
    expect(await curl([...AS_ALICE, url("/any/orders/1")])).toBe("200");
    expect(await curl([...AS_ALICE, url("/any/orders?a=1&b=2")])).toBe("200");
    expect(await curl([...AS_ALICE, "-H", "content-type: application/json", "-d", '{"n":1,"text":"x"}', url("/typed")])).toBe("200");
  });

  test("session credentials are taken, and not without their token", async () => {
    const ci = ["--user", `${CI.accessKeyId}:${CI.secretAccessKey}`];
    expect(await curl([...ci, "-H", `X-Amz-Security-Token: ${CI.sessionToken}`, url("/any/orders/1")])).toBe("200");
    expect(await curl([...ci, url("/any/orders/1")])).toBe("401");
  });

  test("a wrong secret is not", async () => {
    expect(await curl(["--user", `${ALICE.accessKeyId}:wrong`, url("/any/orders/1")])).toBe("401");
  });
});

describe("rules know who signed", () => {
  const ask = async (path: string, who: keyof typeof CALLERS): Promise<number | undefined> => {
    const { port } = signed();
    const call = await CLIENTS["aws4"]?.({ method: "GET", path }, CALLERS[who] ?? ALICE, `localhost:${port}`);
    return call && statuses(await exchangeRaw(port, bytesOf(call)))[0];
  };

  test("by group and tag", async () => {
    expect(await ask("/ops", "a user")).toBe(200);
    expect(await ask("/ops", "a session of a role")).toBe(403);
  });

  test("nobody is asked to sign twice: without a signature the answer says how to", async () => {
    const text = await exchangeRaw(signed().port, "GET /ops HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    expect(text).toMatch(/^HTTP\/1\.1 401 [^]*\r\nwww-authenticate: AWS4-HMAC-SHA256\r\n/i);
  });
});

describe("bodies that nobody signed", () => {
  const ask = async (path: string, payload: string): Promise<readonly number[]> => {
    const { port } = signed();
    const headers = { "x-amz-content-sha256": payload };
    const call = await CLIENTS["@smithy/signature-v4"]?.(
      { method: "POST", path, body: "signed by nobody", headers },
      ALICE,
      `localhost:${port}`,
    );
    return call === undefined ? [] : statuses(await exchangeRaw(port, bytesOf(call)));
  };

  test("come where the identity takes them, and nowhere else", async () => {
    expect(await ask("/any/file", "UNSIGNED-PAYLOAD")).toEqual([200]);
    expect(await ask("/strict", "UNSIGNED-PAYLOAD")).toEqual([401]);
  });

  test("in chunks with signatures of their own come nowhere", async () => {
    expect(await ask("/any/file", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD")).toEqual([401]);
    expect(await ask("/any/file", "STREAMING-UNSIGNED-PAYLOAD-TRAILER")).toEqual([401]);
  });

  test("are told apart by the gateway's own hash, whatever the client says it is", async () => {
    expect(await ask("/any/file", "0".repeat(64))).toEqual([401]);
  });
});

describe("a body that is too large", () => {
  test("is 413 before anybody is known, but a stranger who tells its hash does not make the gateway read it", async () => {
    const { port, backend } = signed();
    const before = backend.calls.length;
    const head = (more: string): string =>
      `POST /any/file HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2000000\r\nConnection: close\r\n${more}\r\n`;
    const call = await CLIENTS["aws4"]?.({ method: "POST", path: "/any/file", body: "x" }, ALICE, `localhost`);
    const fields = (call?.headers ?? []).filter(([name]) => /^(?:x-amz-date|authorization)$/i.test(name));
    const unsigned = fields
      .map(([name, value]) => `${name}: ${value.replace("content-length;", "").replace("content-type;", "")}\r\n`)
      .join("");
    expect(statuses(await exchangeRaw(port, head(unsigned)))).toEqual([413]);
    const told = unsigned.replace("SignedHeaders=host;", "SignedHeaders=host;x-amz-content-sha256;");
    expect(statuses(await exchangeRaw(port, head(`${told}X-Amz-Content-Sha256: ${"0".repeat(64)}\r\n`)))).toEqual([401]);
    expect(backend.calls.length).toBe(before);
  });
});
