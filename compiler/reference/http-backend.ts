/** `http`: where its servers are and whom they trust is settled at the start (D40); each call goes to one of them as D22 says. */
import type { Answer } from "../../runtime/contract/gateway.ts";
import type { BackendTls, HttpHostBackend } from "../../runtime/contract/host-backend.ts";
import type { Expr } from "../model/expression.ts";
import type { Backend, HttpBackend, Route, Servers } from "../model/program.ts";
import { parseAddress } from "./address.ts";
import type { BackendBinder, BoundBackend } from "./backend.ts";
import { type Forwarding, forward } from "./forward.ts";
import { parseHost } from "./host.ts";
import type { SetHeader } from "./transforms.ts";

export function bindHttpBackend(backend: HttpBackend, binder: BackendBinder): BoundBackend {
  const { name, mirrors = [] } = backend;
  const { servers, answer } = bindServers(backend, binder);
  const copies = mirrors.map(binder.text);
  for (const url of copies.filter((one) => !isTarget(one, false))) binder.report(`backend \`${name}\` has a bad mirror: \`${url}\``);
  return { name, host: { kind: "http", ...servers, ...(copies.length > 0 && { mirrors: copies }) }, answer };
}

type Bound = {
  readonly servers: Omit<HttpHostBackend, "kind" | "mirrors">;
  readonly answer: (forwarding: Forwarding) => Extract<Answer, { kind: "forward" }>;
};

/** What all kinds share that call servers. */
export function bindServers(backend: Servers & { readonly name: string }, { text, report }: BackendBinder): Bound {
  const { name, targets, traffic, nameServers = [], tls, headers = [] } = backend;
  const isService = traffic.dns?.service === true;
  const urls = targets.map(text);
  for (const url of urls.filter((one) => !isTarget(one, isService))) report(`backend \`${name}\` has a bad target: \`${url}\``);
  const asked = nameServers.map(text);
  for (const server of asked.filter((one) => !isServer(one))) report(`backend \`${name}\` has a bad name server: \`${server}\``);
  const own = headers.map((header): SetHeader => ({ name: header.name, value: text(header.value) }));
  for (const { name: field, value = "" } of own)
    if (!/^[\x20-\x7e\x80-\xff]*$/.test(value)) report(`backend \`${name}\` cannot set \`${field}\` to that`);
  const paths: BackendTls | undefined = tls && {
    ...(tls.ca && { ca: text(tls.ca) }),
    ...(tls.serverName && { serverName: text(tls.serverName) }),
    ...(tls.certificate && { certificate: text(tls.certificate) }),
    ...(tls.key && { key: text(tls.key) }),
  };
  for (const [setting, path] of Object.entries(paths ?? {})) if (path === "") report(`\`${setting}\` of backend \`${name}\` is empty`);
  const nobody = paths && Object.keys(paths).length === 0;
  const servers = {
    name,
    targets: urls,
    traffic,
    ...(asked.length > 0 && { nameServers: asked }),
    ...(paths && !nobody && { tls: paths }),
  };
  const answer = (forwarding: Forwarding): Extract<Answer, { kind: "forward" }> => {
    const shown = backend.forwardsCertificate ? certificateFields(forwarding.certificates) : [];
    const withOwn = [...forwarding.onRequest, ...notAmong(own, forwarding.onRequest)];
    const onRequest = [...withOwn, ...notAmong(shown, withOwn)].sort(byName);
    return forward(name, { ...forwarding, onRequest }, rewritten(forwarding.request.path ?? "", backend.rewrites ?? []));
  };
  return { servers, answer };
}

function notAmong(more: readonly SetHeader[], set: readonly SetHeader[]): readonly SetHeader[] {
  return more.filter(({ name }) => !set.some((other) => other.name === name));
}

function byName(left: SetHeader, right: SetHeader): number {
  return left.name === right.name ? 0 : left.name < right.name ? -1 : 1;
}

/** What the backend of a route shares calls out by. */
export function keyOf(backends: readonly Backend[], target: Route["target"]): Expr | undefined {
  const backend = target.kind === "backend" ? backends.find(({ name }) => name === target.backend) : undefined;
  return backend?.kind === "http" || backend?.kind === "websocket" ? backend.key : undefined;
}

/** The longest beginning that fits, in whole segments, gives way to another. */
function rewritten(path: string, rewrites: readonly (readonly [from: string, to: string])[]): string {
  const segments = segmentsOf(path);
  const fitting = rewrites
    .map(([from, to]) => ({ from: segmentsOf(from), to: segmentsOf(to) }))
    .filter(({ from }) => from.every((segment, at) => segments[at] === segment))
    .sort((left, right) => right.from.length - left.from.length);
  const [best] = fitting;
  return best ? `/${[...best.to, ...segments.slice(best.from.length)].join("/")}` : path;
}

function segmentsOf(path: string): readonly string[] {
  return path === "/" ? [] : path.slice(1).split("/");
}

/** RFC 9440: the caller's certificate, and those that vouch for it, as RFC 8941 writes bytes. */
function certificateFields(shown: readonly Uint8Array[]): readonly SetHeader[] {
  const [own, ...chain] = shown.map((der) => `:${btoa([...der].map((byte) => String.fromCharCode(byte)).join(""))}:`);
  if (own === undefined) return [];
  return [{ name: "client-cert", value: own }, ...(chain.length > 0 ? [{ name: "client-cert-chain", value: chain.join(", ") }] : [])];
}

/** `http://HOST[:PORT][/BASE]`, or with `https`. The records of a service say the port, and an address has none. */
function isTarget(url: string, isService: boolean): boolean {
  const [, authority, base = ""] = /^https?:\/\/([^/?#]+)(\/.*)?$/.exec(url) ?? [];
  const host = authority === undefined ? undefined : parseHost(authority);
  if (host === undefined || !/^[!$-;=@-[\]_a-z~]*$/.test(base)) return false;
  return !isService || (host.name === host.authority && parseAddress(host.name.replace(/^\[|\]$/g, "")) === undefined);
}

/** `ADDRESS`, `ADDRESS:PORT` or `[ADDRESS]:PORT`. */
function isServer(text: string): boolean {
  const [, inner, outer, port = "53"] = /^(?:\[([^\]]+)\]|([0-9.]+))(?::([0-9]{1,5}))?$/.exec(text) ?? [];
  return parseAddress(inner ?? outer ?? text) !== undefined && Number(port) >= 1 && Number(port) <= 65535;
}
