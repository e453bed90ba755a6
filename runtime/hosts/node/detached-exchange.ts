/** An exchange without a client, for what is asked of a backend while nobody waits. Promises: whatever is said to its client goes nowhere. */
import { Socket } from "node:net";
import { newExchange } from "./exchange.ts";
import type { Exchange } from "./host.ts";
import { Request } from "./http1/request.ts";
import type { RequestHead } from "./http1/request-head.ts";
import { Response } from "./http1/response.ts";

const head: RequestHead = {
  method: "GET",
  target: "",
  httpVersion: "1.1",
  rawHeaders: [],
  length: 0,
  isKept: false,
  awaitsContinue: false,
  takesTrailers: false,
  asksForUpgrade: false,
};

/** Of a call without a body. */
export function detachedExchange({ host, arrived, outcome }: Exchange): Exchange {
  // One that was never connected: it takes what is said, and sends it nowhere.
  const socket = new Socket();
  const end = (): void => {
    socket.destroy();
    request.forget();
    response.close();
  };
  const request = new Request(head, { socket, reset: end, answered: end, leave: () => socket });
  const response = new Response(request, false, 0);
  const exchange = newExchange(host, arrived, request, response);
  exchange.outcome = outcome;
  return exchange;
}
