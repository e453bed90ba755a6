/** Tests of routes for WebSockets ask for one: nobody writes the fields of a handshake by hand. */
import type { Outcome } from "../../runtime/contract/gateway.ts";
import type { GatewayRequest } from "../../runtime/contract/request.ts";

/** RFC 6455 section 1.2; the key is the one of its example. */
const handshake: readonly (readonly [name: string, value: string])[] = [
  ["Connection", "Upgrade"],
  ["Upgrade", "websocket"],
  ["Sec-WebSocket-Version", "13"],
  ["Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="],
];

/** Asks once more, as a handshake, where the route takes nothing else. What the request says itself of these fields stays. */
export async function askedAsWanted<Answer>(
  request: GatewayRequest,
  ask: (request: GatewayRequest) => Promise<Answer>,
  outcomeOf: (answer: Answer) => Outcome | undefined,
): Promise<Answer> {
  const answer = await ask(request);
  const given = new Set(request.rawHeaders.map((text) => text.toLowerCase()));
  if (outcomeOf(answer)?.decision.cause !== "upgrade-required" || given.has("upgrade") || request.method !== "GET") return answer;
  return ask({ ...request, rawHeaders: [...request.rawHeaders, ...handshake.flat()] });
}
