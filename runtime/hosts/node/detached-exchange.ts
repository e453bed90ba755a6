/** An exchange without a client, for what is asked of a backend while nobody waits. Promises: whatever is said to its client goes nowhere. */
import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import { newExchange } from "./exchange.ts";
import type { Exchange } from "./host.ts";

/** Of a call without a body. */
export function detachedExchange({ host, arrived, outcome }: Exchange): Exchange {
  const socket = new Socket();
  // It is reset in the end, and has never been connected.
  socket.on("error", () => {});
  const request = new IncomingMessage(socket);
  const response = new ServerResponse(request);
  response.assignSocket(socket);
  const exchange = newExchange(host, arrived, request, response, false);
  exchange.outcome = outcome;
  return exchange;
}
