/** What can be wrong with how a backend's servers are called. */
import { defineError, defineWarning } from "../../../../../grammar/source/diagnostic.ts";

export const trafficBounds = defineError<{ what: string; least: string; most: string }>({
  code: "GWL4330",
  name: "traffic-bounds",
  message: ({ what, least, most }) => `${what} is from ${least} to ${most}`,
  help: () => "choose a value in these bounds, or leave it out",
});

export const retryWithoutCalls = defineError({
  code: "GWL4331",
  role: "lacks",
  name: "retry-without-calls",
  message: () => "`retry` does not say which calls may be sent twice",
  help: () =>
    'write `when idempotent`: GET, HEAD, OPTIONS, PUT and DELETE; where a server takes a repeated POST for the same one, `when any because "..."`',
});

export const retryCause = defineError<{ written: string; known: readonly string[] }>({
  code: "GWL4332",
  name: "retry-cause",
  message: ({ written }) => `\`${written}\` is nothing that a call is tried again for`,
  help: ({ known }) => `a list of ${known.map((one) => `\`${one}\``).join(", ")}`,
});

export const healthPath = defineError<{ written: string }>({
  code: "GWL4333",
  name: "health-path",
  message: ({ written }) => `\`${written}\` is no path that can be asked for`,
  help: () =>
    'write it from the root, encoded as in a request: `health GET "/healthz" every 5s`; the base path of each target is put before it',
});

export const balanceForm = defineError<{ written: string }>({
  code: "GWL4334",
  name: "balance-form",
  message: ({ written }) => `\`${written}\` is no way to share calls out`,
  help: () => "write `balance: round_robin`, `balance: least_requests` or `balance: hash by EXPRESSION`",
});

export const queueWithoutConnections = defineError({
  code: "GWL4335",
  name: "queue-without-connections",
  message: () => "there is nothing to wait for: the number of connections is not limited",
  help: () => "write `connections: N` as well: calls beyond these wait in the queue",
});

export const serviceForm = defineError<{ why: string }>({
  code: "GWL4336",
  name: "service-form",
  message: ({ why }) => `this is no service: ${why}`,
  help: () =>
    'write `service: "http://orders.shop.local"`: the SRV records of the name say hosts and ports; `https` for TLS; a base path may follow',
});

export const tlsPair = defineError<{ present: string; missing: string }>({
  code: "GWL4337",
  name: "backend-tls-pair",
  message: ({ present, missing }) => `\`${present}\` is of no use without \`${missing}\``,
  help: () => "a client certificate is `certificate: PATH, key: PATH`",
});

export const tlsForNobody = defineWarning({
  code: "GWL4338",
  name: "tls-for-nobody",
  message: () => "no target speaks TLS, so these settings are never used",
  help: () => "write the targets with `https://`, or leave `tls` out",
});

export const hairTrigger = defineWarning<{ least: number }>({
  code: "GWL4339",
  name: "breaker-hair-trigger",
  message: ({ least }) =>
    `with \`least: ${least}\` ${least === 1 ? "one call that fails" : `${least} calls that fail`} at night open${least === 1 ? "s" : ""} the breaker for everybody`,
  help: () => "let it judge at least 10 calls; `outliers` is the way to leave out a single server",
});

export const neverEjected = defineWarning<{ count: number; percent: number }>({
  code: "GWL4340",
  name: "outliers-never",
  message: ({ count, percent }) =>
    `no address is ever left out: ${percent} % of ${count === 1 ? "one address" : `${count} addresses`} is less than one`,
  help: () => "list more targets, or raise `at most`",
});

export const totalTooShort = defineError<{ total: string; phase: string }>({
  code: "GWL4341",
  name: "total-too-short",
  message: ({ total, phase }) => `the whole call may take ${total}, so it never gets as far as its \`${phase}\``,
  help: () => "`total` is the time for all phases and attempts together",
});

export const dnsForNobody = defineWarning({
  code: "GWL4342",
  name: "dns-for-nobody",
  message: () => "all targets are addresses, so no name is ever asked for",
  help: () => "write targets with names, or leave `dns` out",
});

export const nameServer = defineError<{ written: string }>({
  code: "GWL4343",
  name: "name-server",
  message: ({ written }) => `\`${written}\` is no name server`,
  help: () => 'write addresses in a list, with a port if it is not 53: `servers: ["127.0.0.1:8600"]`',
});

export const rewriteForm = defineError<{ written: string; why: string }>({
  code: "GWL4344",
  name: "rewrite-form",
  message: ({ written, why }) => `\`${written}\` is nothing to rewrite: ${why}`,
  help: () => 'write beginnings of paths in whole segments, as requests have them: `rewrite { "/shop": "/", "/shop/old": "/archive" }`',
});

export const certificateForm = defineError<{ written: string }>({
  code: "GWL4345",
  name: "certificate-form",
  message: ({ written }) => `\`${written}\` is nothing to do with a certificate`,
  help: () => "write `client_certificate: forward`; without it servers are told nothing",
});

export const certificateNeverShown = defineWarning({
  code: "GWL4346",
  name: "certificate-never-forwarded",
  message: () => "no entry asks callers for a certificate, so there is never one to tell of",
  help: () => "write `mtls { truststore: PATH }` in an `entry`, or leave this out",
});

export const protocolForm = defineError<{ written: string }>({
  code: "GWL4347",
  name: "protocol-form",
  message: ({ written }) => `\`${written}\` is no protocol of servers`,
  help: () => "write `protocol: h2` for HTTP/2 by TLS, `protocol: h2c` for HTTP/2 in clear; without it they speak HTTP/1.1",
});

export const protocolScheme = defineError<{ protocol: string; scheme: string; written: string }>({
  code: "GWL4348",
  name: "protocol-scheme",
  message: ({ protocol, scheme, written }) => `\`${protocol}\` is spoken by \`${scheme}\` targets, and \`${written}\` is none`,
  help: () => "`h2` is for targets with `https://`, `h2c` for those with `http://`",
});

export const HTTP_BACKEND_DIAGNOSTICS = [
  trafficBounds,
  retryWithoutCalls,
  retryCause,
  healthPath,
  balanceForm,
  queueWithoutConnections,
  serviceForm,
  tlsPair,
  tlsForNobody,
  hairTrigger,
  neverEjected,
  totalTooShort,
  dnsForNobody,
  nameServer,
  rewriteForm,
  certificateForm,
  certificateNeverShown,
  protocolForm,
  protocolScheme,
] as const;
