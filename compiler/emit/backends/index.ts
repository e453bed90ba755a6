/** The kinds of backends, each with its emission. */
import type { BackendData } from "../../../runtime/contract/backend-data.ts";
import type { Backend, BackendKind } from "../../model/program.ts";
import type { LateSetting } from "../late-setting.ts";
import type { RuntimeName } from "../vocabulary.ts";
import type { BackendEmission } from "./backend-emission.ts";
import { http } from "./http.ts";
import { lambda } from "./lambda.ts";
import { respond } from "./respond.ts";
import { websocket } from "./websocket.ts";

const emissions: { readonly [Kind in BackendKind]: BackendEmission<Kind> } = { http, lambda, respond, websocket };

export function backendData(backend: Backend): BackendData {
  return emissionOf(backend).data(backend);
}

export function lateOfBackend(backend: Backend): readonly LateSetting[] {
  return emissionOf(backend).late(backend);
}

/** The kinds in use and the door's names of them, each once. */
export function backendKindsOf(backends: readonly Backend[]): readonly (readonly [kind: BackendKind, door: RuntimeName])[] {
  const kinds = [...new Set(backends.map(({ kind }) => kind))].sort();
  return kinds.map((kind) => [kind, emissions[kind].door]);
}

/** INVARIANT: an emission stands under its own kind, which the type of the table grants. */
function emissionOf(backend: Backend): BackendEmission<BackendKind> {
  return emissions[backend.kind] as BackendEmission<BackendKind>;
}
