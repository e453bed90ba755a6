/** GWL4560 and on: one answer that several backends give together. */
import { defineError } from "../../../grammar/source/diagnostic.ts";

export const composedMethod = defineError<{ method: string }>({
  code: "GWL4560",
  name: "composed-method",
  message: ({ method }) => `answers to \`${method}\` are not made of parts`,
  label: () => "a `GET` route asks for parts, and answers `HEAD` as well",
  help: () => "several backends cannot be changed as one: lead this route to one backend, with `->`",
});

export const partMethod = defineError<{ method: string }>({
  code: "GWL4561",
  name: "part-method",
  message: ({ method }) => `a part cannot be asked for by \`${method}\``,
  label: () => "only `GET` harms nobody where another part fails",
  help: () => 'written as `orders: GET "/orders" -> BACKEND returns TYPE`',
});

export const partCount = defineError<{ count: number; most: number }>({
  code: "GWL4562",
  name: "part-count",
  message: ({ count, most }) => (count === 0 ? "this answer has no parts" : `${count} parts are more than ${most}`),
  help: ({ count, most }) =>
    count === 0
      ? 'name what it is made of, as in `orders: GET "/orders" -> BACKEND returns TYPE`'
      : `each call of this route would be ${count} calls of backends; have at most ${most} parts, or a backend that knows more`,
});

export const partBackend = defineError<{ backend: string; why: string }>({
  code: "GWL4563",
  name: "part-backend",
  message: ({ backend }) => `\`${backend}\` can give no part of an answer`,
  label: ({ why }) => why,
  help: () => "parts come from backends that answer as a whole: `http`, or `lambda` without `stream`",
});

export const besideCompose = defineError<{ what: string; instead: string }>({
  code: "GWL4564",
  name: "beside-compose",
  message: ({ what }) => `${what} has no meaning where an answer is made of parts`,
  help: ({ instead }) => instead,
});

export const partAbsence = defineError<{ found: string }>({
  code: "GWL4565",
  name: "part-absence",
  message: ({ found }) => `\`${found}\` does not say when a part is absent`,
  help: () => "written as `optional` (however it fails), `optional on 404` or `optional on [404, 410]`: statuses from 300 to 599",
});

export const partDecision = defineError<{ found: string; known: string }>({
  code: "GWL4570",
  name: "part-decision",
  message: ({ found }) => `\`${found}\` is no status that a part may decide with`,
  label: () => "others need a field beside them, or speak of the gateway's own call",
  help: ({ known }) => `written as \`decides on 404\` or \`decides on [404, 410]\`: of ${known}`,
});

export const partsTooLarge = defineError<{ most: string }>({
  code: "GWL4566",
  name: "parts-too-large",
  message: ({ most }) => `all parts together may be larger than ${most}`,
  label: () => "each call may need that much memory",
  help: () => "bound the parts with `within SIZE`; without it a part may have 1MiB",
});

export const partType = defineError<{ type: string }>({
  code: "GWL4567",
  name: "part-type",
  message: ({ type }) => `no answer has the type \`${type}\``,
  label: () => "an answer is there, or the part is absent",
  help: () => "remove the `?`, and say `optional` at the end of the part",
});

export const partSegment = defineError<{ name: string; isTaken: boolean }>({
  code: "GWL4569",
  name: "part-segment",
  message: ({ name, isTaken }) =>
    isTaken ? `\`{${name}}\` is a parameter of the route's path already` : `the path of this part has no \`{${name}}\``,
  help: ({ name, isTaken }) => (isTaken ? "give it another name" : `write \`{${name}}\` where it is to stand, or remove it`),
});

export const COMPOSE_DIAGNOSTICS = [
  composedMethod,
  partMethod,
  partCount,
  partBackend,
  besideCompose,
  partAbsence,
  partDecision,
  partsTooLarge,
  partType,
  partSegment,
] as const;
