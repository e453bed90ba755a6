/** Health checks: each address is asked in turn, on a connection of its own, whether it is well. Promises that a check ends in its time. */
import type { HealthRule } from "../../../contract/http-traffic.ts";
import type { ForwardAnswer } from "../upstream-request.ts";
import type { Endpoint } from "./endpoint.ts";
import type { EndpointSource } from "./endpoint-source.ts";
import type { Transport, UpstreamCall } from "./transport.ts";

/** Starts at once; gives what ends it. */
export function watchHealth(rule: HealthRule, source: EndpointSource, transport: Transport, onChange: (one: Endpoint) => void): () => void {
  /** Results in a row that speak against what is held to be true. */
  const against = new WeakMap<Endpoint, number>();
  const asked = new WeakSet<Endpoint>();
  const look = async (one: Endpoint): Promise<void> => {
    if (asked.has(one)) return;
    asked.add(one);
    const isGood = await isWell(rule, one, transport);
    asked.delete(one);
    const count = isGood === one.isHealthy ? 0 : (against.get(one) ?? 0) + 1;
    against.set(one, count);
    if (count < (isGood ? rule.passes : rule.fails) || count === 0) return;
    against.set(one, 0);
    one.isHealthy = isGood;
    onChange(one);
  };
  const round = async (): Promise<void> => {
    for (const one of await source.current()) void look(one);
  };
  const timer = setInterval(() => void round(), rule.every);
  timer.unref();
  void round();
  return () => clearInterval(timer);
}

/** Never rejects. A body is not waited for. */
function isWell({ method, path, timeout, statuses }: HealthRule, one: Endpoint, transport: Transport): Promise<boolean> {
  const answer: ForwardAnswer = {
    kind: "forward",
    backend: "",
    method,
    target: path,
    headers: [["user-agent", "gwl-health"]],
    body: "none",
    responseHeaders: [],
  };
  return new Promise((resolve) => {
    let call: UpstreamCall | undefined;
    const done = (isGood: boolean): void => {
      clearTimeout(timer);
      call?.destroy();
      resolve(isGood);
    };
    const timer = setTimeout(() => done(false), timeout);
    call = transport.open(
      one,
      { answer, length: undefined, fresh: true },
      {
        onConnected: (connected) => connected.end(),
        onDrain: () => {},
        onAnswer: ({ status }) => done(status >= statuses[0] && status <= statuses[1]),
        onTrouble: () => done(false),
      },
    );
  });
}
