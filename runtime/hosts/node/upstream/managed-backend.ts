/** An `http` backend of which the program says more than where its servers are. Servers of such gateways hand it over (`parts.ts`). */
import type { HttpHostBackend } from "../../../contract/host-backend.ts";
import { hosted } from "../forward.ts";
import type { HostedBackend } from "../host.ts";
import type { BackendAround } from "../hosted-backend.ts";
import { tlsFiles } from "./backend-tls.ts";
import { resolveByDns } from "./dns-names.ts";
import { readTarget } from "./endpoint.ts";
import { endpointSource, resolveBySystem } from "./endpoint-source.ts";
import { http1, type TlsSettings } from "./http1.ts";
import { type ManagedDispatch, managedDispatch } from "./managed-dispatch.ts";
import { mirrored } from "./mirror.ts";
import type { Transport } from "./transport.ts";

type TransportOf = (backend: HttpHostBackend, tls: (() => TlsSettings) | undefined) => Transport;

/** Opening throws where files cannot be used: nothing is served then. */
export function managedBy(transportOf: TransportOf): (backend: HttpHostBackend, around: BackendAround) => HostedBackend {
  return (backend, around) => managed(backend, around, transportOf);
}

export const managedHttpBackend = managedBy((_backend, tls) => http1(tls));

function managed(backend: HttpHostBackend, around: BackendAround, transportOf: TransportOf): HostedBackend {
  const { dispatch, transport } = managedServers(backend, around, (tls) => transportOf(backend, tls));
  return mirrored(hosted({ backend, dispatch, transport }), backend, transport);
}

export type ManagedServers = {
  readonly dispatch: ManagedDispatch;
  /** Its `close` forgets the files of TLS as well. */
  readonly transport: Transport;
  readonly tls: (() => TlsSettings) | undefined;
};

/** What all kinds of backends share that call servers. */
export function managedServers(
  backend: Omit<HttpHostBackend, "kind">,
  { observer, readiness }: BackendAround,
  transportOf: (tls: (() => TlsSettings) | undefined) => Transport,
): ManagedServers {
  const { name, targets, traffic, nameServers = [] } = backend;
  const { dns } = traffic;
  const resolve = dns === undefined ? resolveBySystem : resolveByDns(dns, nameServers);
  const source = endpointSource(targets.map(readTarget), resolve, ({ isAddress }) => isAddress && dns?.service !== true);
  const files = backend.tls && tlsFiles(backend.tls);
  const transport = transportOf(files?.settings);
  const dispatch = managedDispatch({ name, traffic, source, transport, happened: observer.happened });
  readiness.add({ kind: "backend", name, look: dispatch.look });
  return { dispatch, transport: { ...transport, close: () => (transport.close(), files?.close()) }, tls: files?.settings };
}
