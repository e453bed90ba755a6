/** GWL415x: doors. */
import { defineError } from "../../../../grammar/source/diagnostic.ts";

export const doorMissing = defineError<{ name: string }>({
  code: "GWL4150",
  name: "entry-without-door",
  message: ({ name }) => `nothing says how a request comes to the entry \`${name}\``,
  help: () => 'say `listen PORT`, `listen unix "/path"`, or `vpce: "vpce-..."` for a VPC endpoint',
});

export const endpointListens = defineError<{ what: string }>({
  code: "GWL4151",
  name: "endpoint-with-listener",
  message: ({ what }) => `an entry for a VPC endpoint has no \`${what}\` of its own`,
  help: () => "make it two entries: one that listens, with `tls` and `proxy_protocol`, and one with `vpce` that comes `via` the first",
});

export const listenerViaListener = defineError<{ name: string }>({
  code: "GWL4153",
  name: "listener-via-listener",
  message: ({ name }) => `\`${name}\` listens itself, so nothing comes to it \`via\` another entry`,
  help: () => "`via` stands in an entry with `vpce`; remove it here, or make the VPC endpoint an entry of its own",
});

export const certificateAskedInClear = defineError({
  code: "GWL4156",
  name: "mtls-without-tls",
  message: () => "certificates of callers need `tls`",
  label: () => "the entry has none, and a connection in clear shows no certificate",
  help: () => "add `tls { certificate: ..., key: ... }` to the entry",
});

export const endpointId = defineError<{ found: string; prefix: string }>({
  code: "GWL4158",
  name: "not-an-endpoint-id",
  message: ({ found, prefix }) => `\`${found}\` is no \`${prefix}\` id`,
  help: ({ prefix }) => `such an id is \`${prefix}-\` and 8 to 17 digits of 0 to 9 and a to f`,
});

export const gatewaySocket = defineError({
  code: "GWL4159",
  name: "gateway-on-a-socket",
  message: () => "the gateway's own `listen` takes a port",
  help: () => 'a socket is an entry: `entry NAME { listen unix "/path", allow when ... }`',
});

export const ENTRY_DIAGNOSTICS = [
  doorMissing,
  endpointListens,
  listenerViaListener,
  certificateAskedInClear,
  endpointId,
  gatewaySocket,
] as const;
