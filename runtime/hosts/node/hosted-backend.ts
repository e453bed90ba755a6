/**
 * How each kind of backend is reached. The servers of gateways with kinds that few have hand over how these are opened
 * (`parts.ts`), so that the others do not carry their code.
 */
import type { HostBackend, HostBackendKind } from "../../contract/host-backend.ts";
import type { World } from "../../contract/world.ts";
import type { Observer } from "../../observe/observer.ts";
import type { Readiness } from "../../observe/readiness.ts";
import type { BackendAnswer, HostedBackend } from "./host.ts";

/** What a backend may tell and ask beside its calls. */
export type BackendAround = { readonly world: World; readonly observer: Observer; readonly readiness: Readiness };

export type OpenBackend<Kind extends HostBackendKind> = (
  backend: Extract<HostBackend, { kind: Kind }>,
  around: BackendAround,
) => HostedBackend;
export type BackendOpeners = { readonly [Kind in HostBackendKind]?: OpenBackend<Kind> };

/** The answer of the kind that a backend carries out; one of another kind is a fault of the handler. */
export function onlyOfKind<Kind extends BackendAnswer["kind"]>(answer: BackendAnswer, kind: Kind): Extract<BackendAnswer, { kind: Kind }> {
  if (answer.kind !== kind) throw new Error(`the backend ${answer.backend} carries out no ${answer.kind}`);
  return answer as Extract<BackendAnswer, { kind: Kind }>;
}

export function openBackend(backend: HostBackend, openers: BackendOpeners, around: BackendAround): HostedBackend {
  // INVARIANT: each kind opens its own, which the type of the openers grants.
  const open = openers[backend.kind] as OpenBackend<HostBackendKind> | undefined;
  if (open === undefined) throw new Error(`the server brings nothing that could reach the backend \`${backend.name}\``);
  return open(backend, around);
}
