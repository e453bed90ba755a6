/** A client that is slower than what it gets. Promises: one that takes nothing for the idle time is cut off. */
import { cut, type Exchange } from "./exchange.ts";
import { stallTimer } from "./stall-timer.ts";

/** Calls `resume` when the client takes more, or else `gone` when it is gone. */
export function whenDrained(exchange: Exchange, resume: () => void, gone: () => void = nothing): void {
  const { response, host } = exchange;
  const stall = stallTimer(host.settings.limits.idleTimeout, () => cut(exchange));
  const over = (): void => {
    stall.hold();
    response.off("drain", drain).off("close", close);
  };
  const drain = (): void => {
    over();
    resume();
  };
  const close = (): void => {
    over();
    gone();
  };
  stall.touch();
  response.on("drain", drain).on("close", close);
}

/** Resolves when the client takes more, or is gone. */
export function drained(exchange: Exchange): Promise<void> {
  return new Promise((resolve) => {
    whenDrained(exchange, resolve, resolve);
  });
}

function nothing(): void {
  // Whoever watches the client's connection goes on from there.
}
