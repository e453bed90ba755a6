/** How the host reaches kinds of backends of which few gateways have any: by a part that their servers hand over. */
import type { Ir } from "../model/ir.ts";
import type { Backend, HttpBackend } from "../model/program.ts";

type BackendPart = {
  readonly kind: Backend["kind"];
  readonly opener: string;
  readonly from: string;
  readonly isNeeded: (backend: Backend) => boolean;
};

/** Of a kind the first that is needed: it knows what those behind it know. */
const BACKEND_PARTS: readonly BackendPart[] = [
  {
    kind: "http",
    opener: "http2Backend",
    from: "gwl/hosts/node/http2-backend",
    isNeeded: (backend) => backend.kind === "http" && backend.traffic.protocol !== undefined,
  },
  {
    kind: "http",
    opener: "managedHttpBackend",
    from: "gwl/hosts/node/managed-backend",
    isNeeded: (backend) => backend.kind === "http" && isManaged(backend),
  },
  { kind: "websocket", opener: "websocketBackend", from: "gwl/hosts/node/websocket", isNeeded: ({ kind }) => kind === "websocket" },
  { kind: "lambda", opener: "lambdaBackend", from: "gwl/hosts/node/lambda", isNeeded: ({ kind }) => kind === "lambda" },
];

export function backendParts({ backends }: Ir): readonly BackendPart[] {
  const needed = BACKEND_PARTS.filter(({ isNeeded }) => backends.some(isNeeded));
  return needed.filter(({ kind }, at) => needed.findIndex((other) => other.kind === kind) === at);
}

/** The plain one knows targets and times. */
function isManaged({ traffic, tls }: HttpBackend): boolean {
  return tls !== undefined || Object.keys(traffic).some((name) => name !== "timeouts");
}
