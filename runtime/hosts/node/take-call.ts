/** A request as any door hands it over, whatever version of HTTP it came by: it is answered, or, where the process has too much to do, turned away. */
import type { ClientRequest, ClientResponse } from "./client-call.ts";
import type { Arrived } from "./door.ts";
import type { Host } from "./host.ts";
import { answer } from "./serve-request.ts";
import { shed } from "./shed.ts";

/** What is asked of the process itself is always answered. */
export function takeCall(host: Host, arrived: () => Arrived, request: ClientRequest, response: ClientResponse): void {
  const { overload } = host;
  if (overload !== undefined && !request.target.startsWith("/-/")) {
    if (!overload.enter()) return shed(request, response, host.world.requestId());
    response.once("close", overload.leave);
  }
  void answer(host, arrived, request, response);
}
