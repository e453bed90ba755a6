/** The client's body on its way to the backend. Promises: a body that ends badly never reaches the backend as complete. */
import type { ClientRequest } from "node:http";
import type { BodyFlow, RequestBody } from "./request-body.ts";
import type { ForwardAnswer } from "./upstream-request.ts";

/** What the caller wants to know of an upload. */
export type UploadWatch = {
  /** Bytes moved, or the backend is waited for. */
  readonly onProgress: () => void;
  /** The client is waited for: its time is not the backend's. */
  readonly onWaitForClient: () => void;
  readonly onFail: (why: "tooLarge" | "incomplete") => void;
};

/** Writes the body and ends the call. Gives what stops it. */
export function upload(answer: ForwardAnswer, body: RequestBody, limit: number, upstream: ClientRequest, watch: UploadWatch): () => void {
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
  const onDrain = (): void => {
    watch.onWaitForClient();
    flow.resume();
  };
  upstream.on("drain", onDrain);
  return () => {
    upstream.off("drain", onDrain);
    flow.stop();
  };
}
