/** What a backend is asked where its answer may be kept: the client's call, about what is kept here in place of what the client has. */
import type { Answer, HeaderField } from "../contract/gateway.ts";
import { clientConditions } from "./validation.ts";

/** Of the kinds that can be kept. */
export type BackendAnswer = Extract<Answer, { kind: "forward" | "invoke" }>;

/** Fields of the request as the backend gets them. Events of version 1.0 have all values of a name, those of 2.0 joined ones and cookies beside. */
export function requestedFields(answer: BackendAnswer): readonly HeaderField[] {
  if (answer.kind === "forward") return answer.headers;
  const { multiValueHeaders, headers, cookies } = answer.event;
  const all = Object.entries((multiValueHeaders ?? headers ?? {}) as Readonly<Record<string, string | readonly string[]>>);
  const fields = all.flatMap(([name, value]) => [value].flat().map((one): HeaderField => [name, one]));
  return cookies === undefined ? fields : [...fields, ...(cookies as readonly string[]).map((one): HeaderField => ["cookie", one])];
}

/** `validators`: what the backend is asked by whether what is kept is still good. */
export function askedAnew(answer: BackendAnswer, validators: readonly HeaderField[]): BackendAnswer {
  if (answer.kind === "forward")
    return { ...answer, headers: [...answer.headers.filter(([name]) => !clientConditions.has(name)), ...validators] };
  const { multiValueHeaders, headers, ...event } = answer.event;
  const without = (fields: unknown): Readonly<Record<string, unknown>> =>
    Object.fromEntries(Object.entries(fields ?? {}).filter(([name]) => !clientConditions.has(name)));
  const lists = Object.fromEntries(validators.map(([name, value]) => [name, [value]]));
  return {
    ...answer,
    event: {
      ...event,
      headers: { ...without(headers), ...Object.fromEntries(validators) },
      ...(multiValueHeaders === undefined ? {} : { multiValueHeaders: { ...without(multiValueHeaders), ...lists } }),
    },
  };
}
