/** A client that is slower than what it gets. Promises: one that takes nothing for the idle time is cut off. */
import { cut, type Exchange } from "./exchange.ts";
import { stallTimer } from "./stall-timer.ts";

/** Resolves when the client takes more, or is gone. */
export function drained(exchange: Exchange): Promise<void> {
  const { response, host } = exchange;
  return new Promise((resolve) => {
    const stall = stallTimer(host.settings.limits.idleTimeout, () => cut(exchange));
    const done = (): void => {
      stall.hold();
      response.off("drain", done).off("close", done);
      resolve();
    };
    stall.touch();
    response.on("drain", done).on("close", done);
  });
}
