/** The signers that people use, each asked for one signed request as the bytes of its parts. */
import { SignatureV4 } from "@smithy/signature-v4";
import aws4 from "aws4";
import { AwsV4Signer } from "aws4fetch";
import { NodeSha256 } from "../../harness/node-sha256.ts";
import { ALICE, CI, REGION } from "./signed-gateway.ts";

/** `target` as on the request line. Names of headers as the client writes them. */
export type SignedCall = {
  readonly method: string;
  readonly target: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
};
export type Wanted = {
  readonly method: string;
  readonly path: string;
  readonly query?: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
};
export type Credentials = { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken?: string };
export type Client = (wanted: Wanted, credentials: Credentials, host: string) => Promise<SignedCall>;

const service = "execute-api";

/** The signer of the AWS SDK for JavaScript. */
function smithy(form: "header" | "query"): Client {
  return async ({ method, path, query = "", body, headers = {} }, credentials, host) => {
    const signer = new SignatureV4({ service, region: REGION, credentials, sha256: NodeSha256 });
    const parameters = Object.fromEntries(new URLSearchParams(query));
    const request = { method, protocol: "http:", hostname: "localhost", path, query: parameters, headers: { host, ...headers }, body };
    const signed = form === "header" ? await signer.sign(request) : await signer.presign(request, { expiresIn: 900 });
    const pairs = Object.entries(signed.query ?? {}).map(([name, value]) => `${escaped(name)}=${escaped(String(value))}`);
    const target = pairs.length === 0 ? path : `${path}?${pairs.join("&")}`;
    return { method, target, headers: Object.entries(signed.headers), body: body ?? "" };
  };
}

function escaped(text: string): string {
  return encodeURIComponent(text).replaceAll(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

function aws4Client(form: "header" | "query"): Client {
  return ({ method, path, query, body, headers = {} }, credentials, host) => {
    const target = query === undefined ? path : `${path}?${query}`;
    const request = {
      method,
      path: target,
      service,
      region: REGION,
      headers: { Host: host, ...headers },
      ...(body === undefined ? {} : { body }),
    };
    const signed = aws4.sign({ ...request, signQuery: form === "query" }, credentials);
    const fields = Object.entries(signed.headers ?? {}).map(([name, value]) => [name, String(value)] as const);
    return Promise.resolve({ method, target: signed.path ?? target, headers: fields, body: body ?? "" });
  };
}

function aws4fetch(form: "header" | "query"): Client {
  return async ({ method, path, query, body, headers = {} }, credentials, host) => {
    const url = `http://${host}${path}${query === undefined ? "" : `?${query}`}`;
    const signer = new AwsV4Signer({
      method,
      url,
      headers,
      ...(body === undefined ? {} : { body }),
      ...credentials,
      service,
      region: REGION,
      signQuery: form === "query",
    });
    const signed = await signer.sign();
    const target = signed.url.pathname + signed.url.search;
    return { method, target, headers: [["host", host], ...signed.headers], body: body ?? "" };
  };
}

export const CLIENTS: Readonly<Record<string, Client>> = {
  "@smithy/signature-v4": smithy("header"),
  "@smithy/signature-v4, presigned": smithy("query"),
  aws4: aws4Client("header"),
  "aws4, presigned": aws4Client("query"),
  aws4fetch: aws4fetch("header"),
  "aws4fetch, presigned": aws4fetch("query"),
};

export const CALLERS: Readonly<Record<string, Credentials>> = { "a user": ALICE, "a session of a role": CI };

/** The request as bytes; the connection ends with it. */
export function bytesOf({ method, target, headers, body }: SignedCall): Buffer {
  const own = headers.filter(([name]) => !["content-length", "connection"].includes(name.toLowerCase()));
  const length = body === "" ? [] : [`Content-Length: ${Buffer.byteLength(body)}`];
  const lines = [`${method} ${target} HTTP/1.1`, ...own.map(([name, value]) => `${name}: ${value}`), ...length, "Connection: close"];
  return Buffer.concat([Buffer.from(`${lines.join("\r\n")}\r\n\r\n`, "latin1"), Buffer.from(body, "utf8")]);
}
