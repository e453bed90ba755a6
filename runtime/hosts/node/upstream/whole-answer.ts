/** An answer that is read whole before anything of it goes on. Promises: at most so many bytes are held, and what does not fit is not passed on. */
import { Readable } from "node:stream";
import type { Judged, ReadAnswer } from "../../../contract/read-answer.ts";
import type { StallTimer } from "../stall-timer.ts";
import type { Incoming } from "./transport.ts";

export type ReadWatch = {
  /** What the client gets. */
  readonly onAnswer: (whole: Incoming) => void;
  readonly onMisfit: (misfit: Extract<Judged, { kind: "misfit" }>) => void;
  /** It broke off. */
  readonly onBroken: () => void;
};
export type ReadWhole = (read: ReadAnswer, most: number, incoming: Incoming, stall: StallTimer, watch: ReadWatch) => void;

export const readWhole: ReadWhole = (read, most, incoming, stall, watch) => {
  const { body, isWhole, status, rawHeaders } = incoming;
  const parts: Uint8Array[] = [];
  let size = 0;
  let isDone = false;
  const done = (tell: () => void): void => {
    if (isDone) return;
    isDone = true;
    stall.hold();
    tell();
  };
  stall.touch();
  body.on("data", (part: Uint8Array) => {
    size += part.length;
    if (size > most) return done(() => watch.onMisfit({ kind: "misfit", at: "", message: `is larger than ${most} bytes` }));
    parts.push(part);
    stall.touch();
  });
  body.once("error", () => done(watch.onBroken));
  body.once("close", () => {
    if (!body.readableEnded) done(watch.onBroken);
  });
  body.once("end", () =>
    done(() => {
      if (!isWhole()) return watch.onBroken();
      const bytes = Buffer.concat(parts);
      const judged = read.judge({ status, rawHeaders, body: bytes });
      if (judged.kind === "misfit") return watch.onMisfit(judged);
      const told = judged.kind === "mapped" ? judged : { rawHeaders, body: bytes };
      watch.onAnswer({ status, rawHeaders: told.rawHeaders, body: Readable.from([told.body]), isWhole: () => true });
    }),
  );
};
