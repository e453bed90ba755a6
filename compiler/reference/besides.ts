/** Fields of an answer beside those that it has under the same names. */
import type { Answer, HeaderField } from "../../runtime/contract/gateway.ts";

export function besides(answer: Answer, fields: readonly HeaderField[]): Answer {
  if (fields.length === 0) return answer;
  if (answer.kind === "local") return { ...answer, headers: [...answer.headers, ...fields] };
  return { ...answer, addedHeaders: [...(answer.addedHeaders ?? []), ...fields] };
}
