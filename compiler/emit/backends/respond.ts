/** `respond`: nothing of it is late. */
import type { BackendEmission } from "./backend-emission.ts";

export const respond: BackendEmission<"respond"> = {
  door: "respondBackend",
  data: ({ name, response: { status, headers, body } }) => ({ kind: "respond", name, response: { status, headers, body } }),
  late: () => [],
};
