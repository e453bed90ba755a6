/** What can be wrong with an identity that asks somebody else: `lambda` and `http`. */
import { defineError } from "../../../../grammar/source/diagnostic.ts";

export const requestPartExpected = defineError<{ written: string }>({
  code: "GWL4120",
  name: "request-part",
  message: ({ written }) => `${written} is no part of a request that an authorizer can be handed`,
  help: () => 'known are `header("X-Name")`, `query("name")`, `client.ip`, `method`, `path`, `host`, `route.path` and `stage`',
});

export const repeatedPart = defineError<{ part: string }>({
  code: "GWL4121",
  name: "repeated-part",
  message: ({ part }) => `${part} is named twice`,
  help: () => "leave one of them out: what is a source is seen as well",
});

export const narrowKey = defineError<{ identity: string; part: string }>({
  code: "GWL4122",
  name: "narrow-cache-key",
  message: ({ identity, part }) => `answers for \`${identity}\` are kept by its sources, and it also sees ${part}`,
  label: ({ part }) => `an answer that depends on ${part} would serve all others as well`,
  help: ({ part }) => `add ${part} to \`source\`, or say \`cache: 0s\` so that each request is asked about`,
});

export const matchWithoutText = defineError<{ part: string }>({
  code: "GWL4123",
  name: "match-without-text",
  message: ({ part }) => `\`match\` is about the first source, and ${part} is nothing that a client writes`,
  help: () => "name the header or query that holds the credential first in `source`, or leave `match` out",
});

export const tokenEventPart = defineError<{ part: string }>({
  code: "GWL4124",
  name: "token-event-part",
  message: ({ part }) => `an event of type \`token\` has no place for ${part}`,
  help: () => "it holds one header, and `method` with `path` as its ARN; say `type: request` for a function that is to get more",
});

export const answerForm = defineError<{ setting: string; needs: string }>({
  code: "GWL4125",
  name: "authorizer-form",
  message: ({ setting, needs }) => `\`${setting}\` goes with \`${needs}\` only`,
  help: ({ setting, needs }) => `leave \`${setting}\` out, or write \`${needs}\``,
});

export const authorizerTime = defineError<{ setting: string; written: string; from: string; to: string }>({
  code: "GWL4126",
  name: "authorizer-time",
  message: ({ setting, written }) => `\`${setting}\` of an authorizer cannot be \`${written}\``,
  help: ({ from, to }) => `it is from \`${from}\` to \`${to}\``,
});

export const awsText = defineError<{ setting: string; written: string; form: string }>({
  code: "GWL4127",
  name: "aws-name",
  message: ({ setting, written }) => `\`${written}\` is no ${setting}`,
  help: ({ form }) => `expected ${form}`,
});

export const eventType = defineError<{ written: string }>({
  code: "GWL4128",
  name: "event-type",
  message: ({ written }) => `the type of an authorizer's event cannot be ${written}`,
  help: () => "write `type: token` for a function that gets one header, `type: request` for one that gets several parts of the request",
});

export const sourceForm = defineError({
  code: "GWL4129",
  name: "source-form",
  message: () => "an authorizer needs a source: what callers bring to be known by",
  help: () => 'write `source: header "X-Token"`, or `source: [header("X-Token"), query("tenant")]`',
});

export const AUTHORIZER_DIAGNOSTICS = [
  requestPartExpected,
  repeatedPart,
  narrowKey,
  matchWithoutText,
  tokenEventPart,
  answerForm,
  authorizerTime,
  awsText,
  eventType,
  sourceForm,
] as const;
