/** A body of an answer through an encoder, which ends well only where what it is fed does. */
import type { Transform } from "node:stream";
import type { AnswerBody } from "./upstream/answer-body.ts";
import { readableBody } from "./upstream/readable-body.ts";

/** `progress`: called as the plain body comes. */
export function encodedBody(plain: AnswerBody, encoder: Transform, progress: () => void): AnswerBody {
  let wasWhole = false;
  const body = readableBody(encoder, () => wasWhole);
  encoder.on("drain", () => plain.resume());
  plain.flow({
    onData: (chunk) => {
      progress();
      if (!encoder.write(chunk)) plain.pause();
    },
    onEnd: () => {
      wasWhole = true;
      encoder.end();
    },
    onBroken: () => void encoder.destroy(),
  });
  return body;
}
