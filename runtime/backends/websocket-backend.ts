/** A started `websocket` backend: who may be upgraded, and the handshake that a server gets. */
import type { WebsocketBackendData } from "../contract/backend-data.ts";
import { firstValue } from "../kernel/fields.ts";
import type { BackendBrought, RunningBackend } from "../kernel/running-backend.ts";
import { startServers } from "./http-backend.ts";
import { endToEnd, handshakeFault, offeredDeflate } from "./websocket-handshake.ts";

export function websocketBackend(data: WebsocketBackendData, brought: BackendBrought, problems: string[]): RunningBackend {
  const { rules, anyOrigin } = data;
  const { servers, plan } = startServers(data, brought, problems);
  return {
    host: { kind: "websocket", ...servers, rules },
    admit: (request, isNamed) => handshakeFault(request, (origin) => anyOrigin === true || isNamed(origin)),
    plan: (call, passing) => {
      const planned = plan(call, passing);
      if (planned === undefined) return undefined;
      const { kind: _, method: __, body: ___, headers, ...rest } = planned;
      const { headers: sent } = call.request;
      const extensions = rules.compression ? offeredDeflate(sent) : undefined;
      return {
        kind: "websocket",
        ...rest,
        headers: endToEnd(headers),
        nonce: firstValue(sent, "sec-websocket-key") ?? "",
        ...(extensions === undefined ? {} : { extensions }),
      };
    },
  };
}
