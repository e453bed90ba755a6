/** GWL436x: what requests and answers become on their way. */
import { defineError } from "../../../grammar/source/diagnostic.ts";

export const anyOriginWithCredentials = defineError({
  code: "GWL4360",
  name: "any-origin-with-credentials",
  message: () => "with credentials every page of the web could act as its reader",
  label: () => "`origins: any` names nobody",
  help: () =>
    "list the origins that may send cookies and certificates, or remove `credentials: true`; tokens in `Authorization` need no `credentials`",
});

export const notAnOrigin = defineError<{ written: string; why: string; instead: string | undefined }>({
  code: "GWL4361",
  name: "not-an-origin",
  message: ({ written }) => `\`${written}\` is the origin of no page`,
  label: ({ why }) => why,
  help: ({ instead }) =>
    instead === undefined
      ? "an origin is a scheme, a host and a port where it is not the usual one, as in `https://shop.example`; `https://*.shop.example` is all below the domain"
      : `write \`${instead}\``,
});

export const unknownPathParameter = defineError<{ name: string; meant: string | undefined; known: readonly string[] }>({
  code: "GWL4364",
  name: "unknown-path-parameter",
  message: ({ name }) => `the path of this route has no parameter \`${name}\``,
  help: ({ meant, known }) =>
    meant !== undefined
      ? `did you mean \`{${meant}}\`?`
      : known.length === 0
        ? "it has none at all; parameters stand in the path of the route and of the levels around it"
        : `it has ${known.map((name) => `\`{${name}}\``).join(", ")}`,
});

export const rewrittenPath = defineError<{ written: string; why: string }>({
  code: "GWL4365",
  name: "rewritten-path",
  message: ({ written }) => `\`${written}\` is no path for a backend`,
  label: ({ why }) => why,
  help: () => "written as `/v2/orders/{id}`: segments in canonical form, each a text or one parameter; for the query say `set query`",
});

export const unknownRefusal = defineError<{ name: string; meant: string | undefined; known: readonly string[] }>({
  code: "GWL4366",
  name: "unknown-refusal",
  message: ({ name }) => `no gateway refuses anything as \`${name}\``,
  help: ({ meant, known }) =>
    meant !== undefined ? `did you mean \`${meant}\`?` : `there are ${known.map((name) => `\`${name}\``).join(", ")}`,
});

export const refusalStatus = defineError<{ status: number }>({
  code: "GWL4367",
  name: "refusal-status",
  message: ({ status }) => `a refusal cannot have the status ${status}`,
  label: () => "clients and caches would take it for something else",
  help: () => "choose one from 400 to 599",
});

export const checkedFieldForm = defineError<{ found: string }>({
  code: "GWL4369",
  name: "checked-field-form",
  message: ({ found }) => `\`validate\` has ${found} where a name and a type should be`,
  help: () => 'written as `"X-Tenant": String`, `page: Int? 1..100`, `tag: List<String>`; each name once',
});

export const checkedFieldType = defineError<{ type: string }>({
  code: "GWL4370",
  name: "checked-field-type",
  message: ({ type }) => `no header field and no part of a query is a \`${type}\``,
  label: () => "not the text of one value",
  help: () =>
    "values are String, Int, Bool, Ip, Uuid, a union of literals, or a declared type of one of these; what may come often is a `List` of them",
});

export const notAMediaType = defineError<{ written: string }>({
  code: "GWL4371",
  name: "not-a-media-type",
  message: ({ written }) => `\`${written}\` is no media type`,
  label: () => "a type and a subtype in lower case, without parameters",
  help: () => 'written as `"application/json"` or `"text/csv"`',
});

export const bodyMappedNowhere = defineError<{ method: string; answersItself: boolean }>({
  code: "GWL4515",
  name: "body-mapped-nowhere",
  message: ({ method, answersItself }) =>
    answersItself ? "this route answers by itself: no backend gets a body" : `a backend expects no body of \`${method}\``,
  help: ({ answersItself }) => (answersItself ? "remove `map body`" : "`map body` belongs to routes of POST, PUT or PATCH"),
});

export const returnedStatus = defineError<{ found: string }>({
  code: "GWL4517",
  name: "returned-status",
  message: ({ found }) => `\`${found}\` is no status of answers that have a body`,
  help: () =>
    "written as `returns TYPE` (of all successes), `returns 404 TYPE`, `returns client_errors TYPE` or `returns server_errors TYPE`",
});

export const answerReadNowhere = defineError<{ why: string }>({
  code: "GWL4518",
  name: "answer-read-nowhere",
  message: () => "no answer is read on this route",
  label: ({ why }) => why,
  help: () => "remove it, or lead the route to a backend that answers as a whole",
});

export const answersMappedTwice = defineError<{ status: number }>({
  code: "GWL4519",
  name: "answers-mapped-twice",
  message: ({ status }) => `answers with ${status} have a type of their own, and would be mapped as all successes are`,
  label: () => "another type than that of `returns TYPE`",
  help: () => "what is mapped has one type: remove this statement, or make the type of all successes wide enough",
});

export const SHAPING_STATEMENT_DIAGNOSTICS = [
  returnedStatus,
  answerReadNowhere,
  answersMappedTwice,
  bodyMappedNowhere,
  checkedFieldForm,
  checkedFieldType,
  notAMediaType,
  anyOriginWithCredentials,
  notAnOrigin,
  unknownPathParameter,
  rewrittenPath,
  unknownRefusal,
  refusalStatus,
] as const;
