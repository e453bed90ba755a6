/** Where an answer is none that its route says it has, as the log tells it. */
import type { Judged } from "../../contract/read-answer.ts";

export function misfitPlace({ at, message }: Pick<Extract<Judged, { kind: "misfit" }>, "at" | "message">): string {
  return `${at === "" ? "the body" : at} ${message}`;
}
