/** An answer that is read whole before anything of it goes on. Promises: at most so many bytes are held, and what does not fit is not passed on. */
import type { Judged, ReadAnswer } from "../../../contract/read-answer.ts";
import type { StallTimer } from "../stall-timer.ts";
import { wholeBody } from "./answer-body.ts";
import { collect, type Collected } from "./collect.ts";
import type { Incoming } from "./transport.ts";

export type ReadWatch = {
  /** What the client gets. */
  readonly onAnswer: (whole: Incoming) => void;
  readonly onMisfit: (misfit: Extract<Judged, { kind: "misfit" }>) => void;
  /** It broke off. */
  readonly onBroken: () => void;
};
export type ReadWhole = (read: ReadAnswer, most: number, incoming: Incoming, stall: StallTimer, watch: ReadWatch) => Promise<void>;

/** Tells exactly one thing. */
export const readWhole: ReadWhole = async (read, most, incoming, stall, watch) => {
  const { status, rawHeaders } = incoming;
  let collected: Collected;
  stall.touch();
  try {
    collected = await collect(incoming, most, () => stall.touch());
  } catch {
    return watch.onBroken();
  } finally {
    stall.hold();
  }
  if (collected.kind === "longer") return watch.onMisfit({ kind: "misfit", at: "", message: `is larger than ${most} bytes` });
  const { body } = collected;
  const judged = read.judge({ status, rawHeaders, body });
  if (judged.kind === "misfit") return watch.onMisfit(judged);
  const told = judged.kind === "mapped" ? judged : { rawHeaders, body };
  watch.onAnswer({ status, rawHeaders: told.rawHeaders, body: wholeBody(told.body) });
};
