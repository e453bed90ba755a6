/** How the host reaches kinds of backends of which few gateways have any: by a part that their servers hand over. */
import type { Ir } from "../model/ir.ts";
import type { Backend, HttpBackend } from "../model/program.ts";

type BackendPart = {
  readonly kind: Backend["kind"];
  readonly opener: string;
  readonly from: string;
  readonly isNeeded: (backend: Backend) => boolean;
};

const BACKEND_PARTS: readonly BackendPart[] = [
  {
    kind: "http",
    opener: "managedHttpBackend",
    from: "gwl/hosts/node/managed-backend",
    isNeeded: (backend) => backend.kind === "http" && isManaged(backend),
  },
  { kind: "lambda", opener: "lambdaBackend", from: "gwl/hosts/node/lambda", isNeeded: ({ kind }) => kind === "lambda" },
];

export function backendParts({ backends }: Ir): readonly BackendPart[] {
  return BACKEND_PARTS.filter(({ isNeeded }) => backends.some(isNeeded));
}

/** The plain one knows targets and times. */
function isManaged({ traffic, tls }: HttpBackend): boolean {
  return tls !== undefined || Object.keys(traffic).some((name) => name !== "timeouts");
}
