/** GWL448x: answers that are kept, as the statement is written. */
import { defineError } from "../../../grammar/source/diagnostic.ts";

export const cacheTime = defineError<{ what: string; least: string; most: string }>({
  code: "GWL4480",
  name: "cache-time",
  message: (h) => `${h.what} is a duration from \`${h.least}\` to \`${h.most}\` that is known when the gateway is built`,
  help: () => "what has to be kept for longer belongs into a store of its own; what must never be old needs no `cache`",
});
export const cacheKeyMayBeAbsent = defineError<{ written: string }>({
  code: "GWL4481",
  name: "cache-key-may-be-absent",
  message: (h) => `\`${h.written}\` may be absent`,
  label: () => "whose answer would such a call get?",
  help: (h) => `say it with \`??\`, as in \`by ${h.written} ?? "none"\`: all calls without it then share their answers`,
});
export const cacheKeyType = defineError<{ type: string }>({
  code: "GWL4482",
  name: "cache-key-type",
  message: (h) => `answers cannot be told apart by a value of type \`${h.type}\``,
  help: () =>
    "a key is one text, number, address or the like, as `principal.id`; several stand in a list, as in `by [principal.id, method]`",
});
export const cacheForEveryoneByCaller = defineError({
  code: "GWL4483",
  name: "cache-for-everyone-by-caller",
  message: () => "an answer is for everyone, or depends on who calls",
  help: () => "remove `for everyone`, or what `by` reads of the caller",
});

export const CACHE_DIAGNOSTICS = [cacheTime, cacheKeyMayBeAbsent, cacheKeyType, cacheForEveryoneByCaller] as const;
