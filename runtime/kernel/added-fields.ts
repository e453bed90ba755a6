/** Fields that stand beside those of the same name that an answer has. */
import type { Answer, HeaderField } from "../contract/gateway.ts";

export function withAddedFields(answer: Answer, fields: readonly HeaderField[]): Answer {
  if (fields.length === 0) return answer;
  if (answer.kind === "local") return { ...answer, headers: [...answer.headers, ...fields] };
  return { ...answer, addedHeaders: [...(answer.addedHeaders ?? []), ...fields] };
}
