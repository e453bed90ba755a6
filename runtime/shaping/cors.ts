/**
 * The CORS protocol of the Fetch standard: what browsers are told of an answer, and what they are told when they ask first. Promises: only an
 * origin that the program names is ever repeated, and nothing is told of a route that the door does not lead to.
 */
import type { HeaderField } from "../contract/gateway.ts";
import type { CorsData, RouteData, TableData } from "../contract/table-data.ts";
import { isToken, lowerAscii, trimBlanks } from "../kernel/characters.ts";
import { allValues, countFields, firstValue } from "../kernel/fields.ts";
import type { Preflight, Question } from "../kernel/shaping.ts";
import type { IsOrigin } from "./origins.ts";

export type Cors = { readonly data: CorsData; readonly isOrigin: IsOrigin };

/** Of any answer. `origin`: of the page, if the request names one. */
export function grantedTo(origin: string | undefined, { data, isOrigin }: Cors): readonly HeaderField[] {
  const fields: HeaderField[] = [];
  if (data.isAny) fields.push(["access-control-allow-origin", "*"]);
  else if (origin !== undefined && isOrigin(origin)) {
    fields.push(["access-control-allow-origin", origin]);
    if (data.credentials) fields.push(["access-control-allow-credentials", "true"]);
  }
  if (fields.length > 0 && data.expose.length > 0) fields.push(["access-control-expose-headers", data.expose.join(", ")]);
  return fields;
}

/** The one origin that a request names; several are none. */
export function originOf(rawHeaders: readonly string[]): string | undefined {
  let origin: string | undefined;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    if (rawHeaders[at]?.length !== 6 || lowerAscii(rawHeaders[at] ?? "") !== "origin") continue;
    if (origin !== undefined) return undefined;
    origin = trimBlanks(rawHeaders[at + 1] ?? "");
  }
  return origin;
}

const asked = "access-control-request-method";
const askedHeaders = "access-control-request-headers";
const askedNetwork = "access-control-request-private-network";

export function answerPreflight(
  levels: readonly Cors[],
  { identities, versions = [] }: Pick<TableData, "identities" | "versions">,
  { headers, cameByEntry, find }: Question,
): Preflight | undefined {
  const origin = firstValue(headers, "origin");
  const method = firstValue(headers, asked);
  if (origin === undefined || method === undefined) return undefined;
  const found = find(method);
  const cors = found?.route.cors === undefined ? undefined : levels[found.route.cors];
  if (found === undefined || cors === undefined) return undefined;
  if (countFields(headers, "origin") > 1 || countFields(headers, asked) > 1) return { found, result: "malformed" };
  if (found.route.isPrivate && !cameByEntry) return { found, result: "not-admitted" };
  const names = allValues(headers, askedHeaders).flatMap(namesIn);
  const allowed = allowedHeaders(cors.data, found.route, { identities, versions }, names);
  const isGranted =
    (cors.data.isAny || cors.isOrigin(origin)) &&
    isMethodGranted(method, cors.data.methods) &&
    names.every((name) => isToken(name) && allowed.includes(name));
  if (!isGranted) return { found, result: "cross-origin" };
  const result: HeaderField[] = [["access-control-allow-methods", method]];
  if (allowed.length > 0) result.push(["access-control-allow-headers", allowed.join(", ")]);
  if (cors.data.maxAge !== undefined) result.push(["access-control-max-age", String(cors.data.maxAge)]);
  if (cors.data.privateNetwork && firstValue(headers, askedNetwork) === "true")
    result.push(["access-control-allow-private-network", "true"]);
  return { found, result };
}

function namesIn(value: string): readonly string[] {
  return value.split(",").flatMap((name) => (trimBlanks(name) === "" ? [] : [lowerAscii(trimBlanks(name))]));
}

/** A GET route answers HEAD. */
function isMethodGranted(method: string, methods: readonly string[] | undefined): boolean {
  return methods === undefined || methods.includes(method) || (method === "HEAD" && methods.includes("GET"));
}

const signing: readonly string[] = ["authorization", "x-amz-content-sha256", "x-amz-date", "x-amz-security-token"];

function allowedHeaders(
  { headers }: CorsData,
  { accept, choice }: RouteData,
  { identities, versions = [] }: Pick<TableData, "identities" | "versions">,
  names: readonly string[],
): readonly string[] {
  if (headers === "any") return names;
  if (headers !== undefined) return headers;
  const allowed = new Set(["content-type"]);
  const chosen = choice && versions[choice[0]];
  if (chosen?.by === "header") allowed.add(chosen.name);
  for (const index of accept.flat()) {
    const identity = identities[index];
    const read =
      identity === undefined
        ? []
        : identity.kind === "sigv4"
          ? signing
          : identity.headers.length > 0
            ? identity.headers
            : ["authorization"];
    for (const name of read) allowed.add(name);
  }
  return [...allowed].sort();
}
