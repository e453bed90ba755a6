/** GWL43xx: how many calls may pass. */
import { defineError, defineWarning } from "../../../grammar/source/diagnostic.ts";

export const noRate = defineError({
  code: "GWL4300",
  name: "no-rate",
  message: () => "a rate of zero lets no call through once the burst is used up",
  help: () => "for a route that nobody may call there is `deny`; for few calls there are slow rates, such as `1/h`",
});
export const rateTooHigh = defineError<{ most: string }>({
  code: "GWL4301",
  name: "rate-too-high",
  message: (h) => `a rate counts up to ${h.most} calls`,
  help: () => "count by a shorter time: `600_000_000/h` is `166_667/s`",
});
export const callsOutOfBounds = defineError<{ what: string; most: string }>({
  code: "GWL4302",
  name: "calls-out-of-bounds",
  message: (h) => `\`${h.what}\` must be from 1 to ${h.most}`,
  help: () => "with less than one call none would ever pass",
});
export const notConstantLimit = defineError<{ what: string }>({
  code: "GWL4303",
  name: "limit-not-constant",
  message: (h) => `${h.what} must be known when the gateway is built`,
  help: () => "write the number, or the name of a `let`",
});
export const keyMayBeAbsent = defineError<{ written: string }>({
  code: "GWL4304",
  name: "limit-key-may-be-absent",
  message: (h) => `\`${h.written}\` may be absent`,
  label: () => "by what would such a call be counted?",
  help: (h) => `say it with \`??\`, as in \`by ${h.written} ?? "none"\`: all calls without it then count as one`,
});
export const keyType = defineError<{ type: string }>({
  code: "GWL4305",
  name: "limit-key-type",
  message: (h) => `calls cannot be counted by a value of type \`${h.type}\``,
  help: () => "a key is one text, number, address or the like, as `principal.id` or `client.ip`",
});
export const keyOfCallersChoice = defineWarning<{ written: string }>({
  code: "GWL4306",
  name: "limit-key-of-callers-choice",
  message: (h) => `callers choose \`${h.written}\` themselves`,
  label: () => "whoever changes it with every call is never limited",
  help: () => "count by `client.ip` or `principal.id`, or by values that are few, such as a parameter whose type is a union",
});
export const keyOfWholeAddress = defineWarning({
  code: "GWL4307",
  name: "limit-key-of-whole-address",
  message: () => "each address counts alone here",
  label: () => "a client with IPv6 has 2^64 of them",
  help: () => "count by the address itself: `by client.ip` takes the addresses of one network together",
});
export const prefixForm = defineError<{ isAddress: boolean; type: string }>({
  code: "GWL4308",
  name: "limit-prefix-form",
  message: (h) => (h.isAddress ? "`prefix` is a number of bits from 1 to 128" : `\`prefix\` is for addresses, this is \`${h.type}\``),
  help: () => "`by client.ip prefix 56` takes the IPv6 addresses together that have so many first bits in common",
});

export const quotaForm = defineError<{ found: string }>({
  code: "GWL4309",
  name: "quota-form",
  message: (h) => `\`${h.found}\` is no quota`,
  help: () => "a quota is a number of calls by the day, the week or the month: `10_000/day`; for shorter times there is `throttle`",
});
export const offsetTooLong = defineError({
  code: "GWL4310",
  name: "quota-offset-too-long",
  message: () => "an offset is shorter than the window that it moves",
  help: () => "a day moves by less than `24h`, a week by less than `7d`, a month by less than `28d`",
});

export const planTypeTaken = defineError({
  code: "GWL4311",
  name: "plan-type-taken",
  message: () => "`Plan` is the type of plans here",
  help: () => "call the type by another name; `Plan` is one of the plans that the program declares",
});
export const planLimitTwice = defineError<{ what: string }>({
  code: "GWL4314",
  name: "plan-limit-twice",
  message: (h) => `the plan says ${h.what} twice`,
  help: () => "a plan has one limit of each kind, and one for each condition of its own",
});

export const TRAFFIC_DIAGNOSTICS = [
  noRate,
  rateTooHigh,
  callsOutOfBounds,
  notConstantLimit,
  keyMayBeAbsent,
  keyType,
  keyOfCallersChoice,
  keyOfWholeAddress,
  prefixForm,
  quotaForm,
  offsetTooLong,
  planTypeTaken,
  planLimitTwice,
] as const;
