/** `websocket`: its servers, and what its connections are held to. */
import type { BackendEmission } from "./backend-emission.ts";
import { lateOfServers, serversData } from "./servers.ts";

export const websocket: BackendEmission<"websocket"> = {
  door: "websocketBackend",
  data: (backend) => ({
    kind: "websocket",
    ...serversData(backend),
    rules: backend.rules,
    ...(backend.anyOrigin === undefined ? {} : { anyOrigin: backend.anyOrigin }),
  }),
  late: lateOfServers,
};
