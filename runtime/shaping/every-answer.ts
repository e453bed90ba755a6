/** Fields that every answer has, and refusals that look as the program wants them. Promises: a refusal keeps what it must say, and never becomes another thing. */
import type { Answer, HeaderField, LocalAnswer } from "../contract/gateway.ts";
import type { RefusalData } from "../contract/table-data.ts";

/** `refusals`: the nearest level's first. What names the cause itself counts before what names many. */
export function dressed<Refusal extends LocalAnswer>(answer: Refusal, cause: string, refusals: readonly RefusalData[]): Refusal {
  const many = answer.status < 500 ? "client-errors" : "server-errors";
  const found = [cause, many, "any"].flatMap((wanted) => refusals.find(({ kind }) => kind === wanted) ?? [])[0];
  if (found === undefined) return answer;
  const { status = answer.status, headers, body } = found;
  const typed: readonly HeaderField[] = body === undefined ? headers : [["content-type", body.type], ...headers];
  return { ...answer, status, headers: replaced(answer.headers, typed), body: body?.text ?? answer.body };
}

export function withFields(answer: Answer, fields: readonly HeaderField[]): Answer {
  if (fields.length === 0) return answer;
  if (answer.kind === "local") return { ...answer, headers: replaced(answer.headers, fields) };
  const said = fields.map(([name, value]) => [name, [value]] as const);
  return { ...answer, responseHeaders: [...answer.responseHeaders, ...said] };
}

export function replaced(headers: readonly HeaderField[], by: readonly HeaderField[]): readonly HeaderField[] {
  return [...headers.filter(([name]) => !by.some(([other]) => other === name)), ...by];
}
