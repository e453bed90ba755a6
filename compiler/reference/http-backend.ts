/** `http`: where its servers are and whom they trust is settled at the start (D40); each call goes to one of them as D22 says. */
import type { BackendTls } from "../../runtime/contract/host-backend.ts";
import type { HttpBackend } from "../model/program.ts";
import { parseAddress } from "./address.ts";
import type { BackendBinder, BoundBackend } from "./backend.ts";
import { forward } from "./forward.ts";
import { parseHost } from "./host.ts";

export function bindHttpBackend(
  { name, targets, traffic, nameServers = [], tls }: HttpBackend,
  { text, report }: BackendBinder,
): BoundBackend {
  const isService = traffic.dns?.service === true;
  const urls = targets.map(text);
  for (const url of urls.filter((one) => !isTarget(one, isService))) report(`backend \`${name}\` has a bad target: \`${url}\``);
  const servers = nameServers.map(text);
  for (const server of servers.filter((one) => !isServer(one))) report(`backend \`${name}\` has a bad name server: \`${server}\``);
  const paths: BackendTls | undefined = tls && {
    ...(tls.ca && { ca: text(tls.ca) }),
    ...(tls.serverName && { serverName: text(tls.serverName) }),
    ...(tls.certificate && { certificate: text(tls.certificate) }),
    ...(tls.key && { key: text(tls.key) }),
  };
  for (const [setting, path] of Object.entries(paths ?? {})) if (path === "") report(`\`${setting}\` of backend \`${name}\` is empty`);
  const nobody = paths && Object.keys(paths).length === 0;
  const host = {
    kind: "http",
    name,
    targets: urls,
    traffic,
    ...(servers.length > 0 && { nameServers: servers }),
    ...(paths && !nobody && { tls: paths }),
  } as const;
  return { name, host, answer: (forwarding) => forward(name, forwarding) };
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
