/** GWL31xx: literals that are well formed and still mean nothing, or not what was meant. */
import { defineError } from "../../../grammar/source/diagnostic.ts";

export const numberTooLarge = defineError<{ written: string; most: string }>({
  code: "GWL3101",
  name: "number-too-large",
  message: (h) => `\`${h.written}\` is too large`,
  label: (h) => `at most ${h.most}`,
  help: () => "whole numbers have 53 bits; keep larger ones as texts",
});
export const leadingZeros = defineError<{ written: string; plain: string }>({
  code: "GWL3102",
  name: "leading-zeros",
  message: (h) => `\`${h.written}\` starts with a zero`,
  help: (h) => `write \`${h.plain}\`; what only looks like a number, such as a code, is a text: \`"${h.written}"\``,
  replacement: (h) => ({ title: `write ${h.plain}`, text: h.plain }),
});
export const notAnAddress = defineError<{ written: string; why: string; help: string }>({
  code: "GWL3103",
  name: "not-an-address",
  message: (h) => `\`${h.written}\` is not an IP address`,
  label: (h) => h.why,
  help: (h) => h.help,
});
export const hostBitsSet = defineError<{ written: string; network: string; first: string; last: string }>({
  code: "GWL3104",
  name: "host-bits-set",
  message: (h) => `\`${h.written}\` has bits set behind its prefix`,
  label: (h) => `means ${h.first} to ${h.last}`,
  help: (h) => `the network that holds it is \`${h.network}\`; a single address is written with /${h.network.includes(":") ? "128" : "32"}`,
  replacement: (h) => ({ title: `use the network ${h.network}`, text: h.network }),
});
/** `network` is what a netmask means. */
export const badPrefix = defineError<{ written: string; longest: number; network: string | undefined }>({
  code: "GWL3105",
  name: "bad-prefix",
  message: (h) => `the prefix of \`${h.written}\` is not a number from 0 to ${h.longest}`,
  label: (h) => (h.longest === 32 ? "an IPv4 address has 32 bits" : "an IPv6 address has 128 bits"),
  help: (h) =>
    h.network === undefined
      ? "the prefix says how many bits, from the left, all addresses of the network share"
      : `a netmask is written as the number of its bits: \`${h.network}\``,
});
export const noSuchTime = defineError<{ written: string; why: string }>({
  code: "GWL3106",
  name: "no-such-time",
  message: (h) => `there is no time \`${h.written}\``,
  label: (h) => h.why,
  help: () => "a time is written `2026-01-31` (midnight UTC) or `2026-01-31T08:00:00Z`",
});
export const timeWithoutZone = defineError<{ written: string }>({
  code: "GWL3107",
  name: "time-without-zone",
  message: (h) => `\`${h.written}\` does not say in which time zone`,
  label: () => "08:00 in Berlin is not 08:00 in Tokyo",
  help: (h) => `write \`${h.written}Z\` for UTC, or an offset such as \`${h.written}+02:00\``,
});
export const noSuchTimeOfDay = defineError<{ written: string; why: string }>({
  code: "GWL3108",
  name: "no-such-time-of-day",
  message: (h) => `there is no time of day \`${h.written}\``,
  label: (h) => h.why,
  help: () => "times of day go from `00:00` to `23:59:59`",
});
export const notWhole = defineError<{ written: string; unit: string }>({
  code: "GWL3109",
  name: "not-whole",
  message: (h) => `\`${h.written}\` is no whole number of ${h.unit}`,
  help: (h) => `use a smaller unit, or round it to whole ${h.unit}`,
});
export const unknownRateUnit = defineError<{ written: string; unit: string; count: string }>({
  code: "GWL3110",
  name: "unknown-rate-unit",
  message: (h) => `\`${h.unit}\` is no unit of time for a rate`,
  help: (h) =>
    `rates are counted by second, minute, hour, day or week: \`${h.count}/s\`, \`${h.count}/m\`, \`${h.count}/h\`, \`${h.count}/day\`, \`${h.count}/week\``,
});
export const percentTooLarge = defineError<{ written: string }>({
  code: "GWL3111",
  name: "percent-too-large",
  message: (h) => `\`${h.written}\` is more than all`,
  label: () => "at most 100%",
  help: () => "a percentage is a share, from `0%` to `100%`",
});
export const invalidRegex = defineError<{ why: string }>({
  code: "GWL3112",
  name: "invalid-regex",
  message: (h) => `this is no regular expression: ${h.why}`,
  help: () => "patterns are those of JavaScript with the flag `u`: escape a character with `\\` only where it has a meaning, as in `\\.`",
});
export const slowRegex = defineError<{ complexity: string; attack: string }>({
  code: "GWL3113",
  name: "slow-regex",
  message: (h) => `this regular expression takes ${h.complexity} time on some texts`,
  label: (h) => `slow on ${h.attack}`,
  help: () => "anchor it with `^`, and let no two repetitions side by side or inside each other match the same text: `^[a-z]+(-[a-z]+)*$`",
});
export const unprovedRegex = defineError<{ why: string }>({
  code: "GWL3114",
  name: "unproved-regex",
  message: () => "this regular expression could not be proved to take linear time",
  label: (h) => h.why,
  help: () => "look-around and back references are not allowed; anchor the pattern with `^` and keep bounded repetitions apart",
});
