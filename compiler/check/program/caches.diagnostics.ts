/** GWL4484 and on: answers that are kept, on the routes where that is said. */
import { defineError } from "../../../grammar/source/diagnostic.ts";

export const cacheNeedsGet = defineError<{ method: string }>({
  code: "GWL4484",
  name: "cache-needs-get",
  message: (h) => `answers to \`${h.method}\` are not kept`,
  label: () => "a `GET` route keeps answers, and gives them to `HEAD` as well",
  help: () => "say `cache` on a `GET` route of the same path; a call that changes something there drops what is kept",
});
export const cacheWithoutCaller = defineError<{ isNamed: boolean; isPublic: boolean }>({
  code: "GWL4485",
  name: "cache-without-caller",
  message: (h) => `nobody is asked who calls here${h.isNamed ? ", so there is no caller to tell answers apart by" : ""}`,
  label: () => "all callers would share the answers",
  help: (h) =>
    h.isPublic ? "say `for everyone` if that is meant: `cache 30s for everyone`" : "accept an identity, or say `cache 30s for everyone`",
});
const NOTHING_KEPT = {
  respond: "the gateway answers here itself: there is nothing to keep",
  compose: "answers that several backends give together are not kept yet",
  stream: "what is passed on while it comes is not kept",
} as const;
export const cacheWithoutBackend = defineError<{ why: keyof typeof NOTHING_KEPT }>({
  code: "GWL4486",
  name: "cache-without-backend",
  message: (h) => NOTHING_KEPT[h.why],
  help: (h) => (h.why === "stream" ? "remove `cache`, or, at the backend of a function, `stream: true`" : "remove `cache`"),
});
/** What is kept is what the backend said; a judgement or a mapping would have to be made of it anew for each call. */
export const cacheOfReadAnswers = defineError({
  code: "GWL4487",
  name: "cache-of-read-answers",
  message: () => "answers that are read by the gateway are not kept yet",
  label: () => "this route says what its backend `returns`",
  help: () => "remove `cache`, or `returns` and `map response body`",
});

export const CACHES_DIAGNOSTICS = [cacheNeedsGet, cacheWithoutCaller, cacheWithoutBackend, cacheOfReadAnswers] as const;
