/** Where an answer is none that its route says it has, as the log tells it. */
import type { Judged } from "../../contract/read-answer.ts";

export function misfitPlace({ at, message }: Extract<Judged, { kind: "misfit" }>): string {
  return `${at === "" ? "the body" : at} ${message}`;
}
