/** The client's body on its way to the backend. Promises: a body that ends badly never reaches the backend as complete. */
import type { RequestBody } from "./request-body.ts";
import type { StallTimer } from "./stall-timer.ts";
import type { UpstreamCall } from "./upstream/transport.ts";
import type { ForwardAnswer } from "./upstream-request.ts";

export type Upload = {
  readonly stop: () => void;
  /** The backend takes more again. */
  readonly resume: () => void;
};

const over: Upload = { stop: () => {}, resume: () => {} };

/** Writes the body and ends the call. `stall` watches the backend; while the client is waited for it is held: its time is not the backend's. */
export function upload(
  answer: ForwardAnswer,
  body: RequestBody,
  limit: number,
  upstream: Pick<UpstreamCall, "write" | "end">,
  stall: StallTimer,
  onFail: (why: "tooLarge" | "incomplete") => void,
): Upload {
  if (answer.body !== "stream") {
    stall.touch();
    upstream.end(answer.body === "none" ? undefined : answer.body);
    return over;
  }
  stall.hold();
  const flow = body.flow(limit, {
    write: (chunk) => {
      const wantsMore = upstream.write(chunk);
      if (wantsMore) stall.hold();
      else stall.touch();
      return wantsMore;
    },
    end: () => {
      stall.touch();
      upstream.end();
    },
    fail: onFail,
  });
  return {
    stop: flow.stop,
    resume: () => {
      stall.hold();
      flow.resume();
    },
  };
}
