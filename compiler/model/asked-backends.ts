/** Which backends an answer is made of, by their names. */
import type { Answer } from "../../runtime/contract/gateway.ts";

export function askedBackends(answer: Answer): readonly string[] {
  if (answer.kind === "local") return [];
  return answer.kind === "compose" ? [...new Set(answer.parts.map(({ ask }) => ask.backend))] : [answer.backend];
}
