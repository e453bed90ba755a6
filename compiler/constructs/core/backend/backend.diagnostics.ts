/** What can be wrong with a backend. */
import { defineError, defineWarning } from "../../../../grammar/source/diagnostic.ts";

export const unknownBackendKind = defineError<{ kind: string; known: readonly string[]; meant: string | undefined }>({
  code: "GWL3901",
  name: "unknown-backend-kind",
  message: ({ kind }) => `there is no kind of backend \`${kind}\``,
  help: ({ known, meant }) =>
    meant === undefined
      ? `write \`backend NAME = http { ... }\`; the kinds are ${known.map((kind) => `\`${kind}\``).join(", ")}`
      : `did you mean \`${meant}\`?`,
});

export const targetsForm = defineError({
  code: "GWL3902",
  name: "targets-form",
  message: () => "`targets` is a list in brackets that is not empty",
  help: () => 'write `targets: ["http://10.0.1.10:8080"]`; each target may be an `env` of type Url',
});

export const wrongTarget = defineError<{ written: string; why: string }>({
  code: "GWL3903",
  name: "wrong-target",
  message: ({ written, why }) => `\`${written}\` is no target: ${why}`,
  help: () => "a target is `http://HOST`, `http://HOST:PORT` or one of these with a base path; the path of each request is put behind it",
});

export const repeatedTarget = defineWarning<{ written: string }>({
  code: "GWL3904",
  name: "repeated-target",
  message: ({ written }) => `the target \`${written}\` is listed twice`,
  help: () => "it gets two shares of the calls; leave one of them out unless that is meant",
});

export const backendTimeout = defineError<{ written: string }>({
  code: "GWL3905",
  name: "backend-timeout",
  message: ({ written }) => `a backend cannot have a timeout of ${written}`,
  help: () => "a timeout is from `1ms` to `1h`: how long the gateway waits for the first byte of an answer, and then for each next one",
});

export const functionTimeout = defineError<{ written: string }>({
  code: "GWL4400",
  name: "function-timeout",
  message: ({ written }) => `a function cannot have a timeout of ${written}`,
  help: () => "a timeout is from `1ms` to `15m`: a Lambda function runs no longer",
});

export const anyOriginForm = defineError<{ written: string }>({
  code: "GWL4491",
  name: "websocket-origins",
  message: ({ written }) => `\`${written}\` says nothing of pages`,
  help: () =>
    'pages that may connect are named where routes name them: `cors { origins: ["https://shop.example"] }`; `origins: any` lets all of them connect',
});

export const responseStatus = defineError<{ written: string }>({
  code: "GWL3906",
  name: "response-status",
  message: ({ written }) => `\`${written}\` is no status of an answer`,
  help: () => "a status is a number from 200 to 599, as in `status: 503`",
});

export const responseBody = defineError<{ status: number }>({
  code: "GWL3907",
  name: "response-body",
  message: ({ status }) => `an answer with status ${status} has no body`,
  help: () => "leave `body` out, or choose another status",
});

export const responseHeader = defineError<{ name: string; why: string }>({
  code: "GWL3908",
  name: "response-header",
  message: ({ name, why }) => `the header \`${name}\` cannot be set here: ${why}`,
  help: () => 'headers are written `headers { "Retry-After": "60" }`',
});

export const BACKEND_DIAGNOSTICS = [
  unknownBackendKind,
  targetsForm,
  wrongTarget,
  repeatedTarget,
  backendTimeout,
  functionTimeout,
  anyOriginForm,
  responseStatus,
  responseBody,
  responseHeader,
] as const;
