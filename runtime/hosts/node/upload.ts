/** The client's body on its way to the backend. Promises: a body that ends badly never reaches the backend as complete. */
import type { BodyFlow, RequestBody } from "./request-body.ts";
import type { UpstreamCall } from "./upstream/transport.ts";
import type { ForwardAnswer } from "./upstream-request.ts";

/** What the caller wants to know of an upload. */
export type UploadWatch = {
  /** Bytes moved, or the backend is waited for. */
  readonly onProgress: () => void;
  /** The client is waited for: its time is not the backend's. */
  readonly onWaitForClient: () => void;
  readonly onFail: (why: "tooLarge" | "incomplete") => void;
  /** Gives what is to be called when the backend takes more again. */
  readonly onResume: (resume: () => void) => void;
};

/** Writes the body and ends the call. Gives what stops it. */
export function upload(
  answer: ForwardAnswer,
  body: RequestBody,
  limit: number,
  upstream: Pick<UpstreamCall, "write" | "end">,
  watch: UploadWatch,
): () => void {
  if (answer.body !== "stream") {
    watch.onProgress();
    upstream.end(answer.body === "none" ? undefined : answer.body);
    return () => {};
  }
  watch.onWaitForClient();
  const flow: BodyFlow = body.flow(limit, {
    write: (chunk) => {
      const wantsMore = upstream.write(chunk);
      if (wantsMore) watch.onWaitForClient();
      else watch.onProgress();
      return wantsMore;
    },
    end: () => {
      watch.onProgress();
      upstream.end();
    },
    fail: watch.onFail,
  });
  watch.onResume(() => {
    watch.onWaitForClient();
    flow.resume();
  });
  return flow.stop;
}
