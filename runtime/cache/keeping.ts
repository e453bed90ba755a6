/**
 * Whether an answer may be kept, and for how long (RFC 9111, sections 3 and 4.2; RFC 5861). Promises: what the answer says can only shorten what
 * the program says; an answer that sets a cookie is never kept.
 */
import type { CachePlan } from "../contract/cache.ts";
import type { HeaderField } from "../contract/gateway.ts";
import { allValues, countFields } from "../kernel/fields.ts";
import { type Directives, directivesOf, timeOf } from "./directives.ts";
import { readHttpDate } from "./http-date.ts";
import type { Keeping } from "./stored-answer.ts";
import { varyNames } from "./variants.ts";

export type KeepingRule = Pick<
  CachePlan,
  "time" | "staleWhileRevalidate" | "staleIfError" | "isPersonal" | "needsConsent" | "keepsNothing"
>;
/** `asked`, `came`: when the call left and when the head of the answer came, milliseconds since 1970. Names of fields are lower-case. */
export type Came = { readonly status: number; readonly fields: readonly HeaderField[]; readonly asked: number; readonly came: number };

/** Undefined: it must not be kept, or could never be given again. */
export function keepingOf(rule: KeepingRule, answer: Came): Keeping | undefined {
  const { status, fields } = answer;
  const said = directivesOf(allValues(fields, "cache-control"));
  if (!understood.has(status) || !mayBeKept(rule, fields, said)) return undefined;
  const explicit = saidLifetime(rule, answer, said);
  if (explicit === undefined && !byDefault.has(status)) return undefined;
  const lifetime = said.has("no-cache") ? 0 : Math.min(rule.time, explicit ?? rule.time);
  const isStrict = mustBeFresh(rule, said);
  const beyond = (most: number, name: string): number => (isStrict ? 0 : Math.min(most, timeOf(said, name) ?? most));
  const keeping = {
    born: answer.came - initialAge(answer),
    lifetime,
    // Who says that an answer is never fresh does not want it to be given before it is asked for.
    whileRevalidate: explicit === 0 ? 0 : beyond(rule.staleWhileRevalidate, "stale-while-revalidate"),
    ifError: beyond(rule.staleIfError, "stale-if-error"),
  };
  const usable = lifetime + Math.max(keeping.whileRevalidate, keeping.ifError) > initialAge(answer);
  return usable || hasValidator(fields) ? keeping : undefined;
}

/** Whether it can be asked whether the answer is still good. */
export function hasValidator(fields: readonly HeaderField[]): boolean {
  return countFields(fields, "etag") === 1 || countFields(fields, "last-modified") === 1;
}

/** Final, whole, and neither about who calls nor a failure. */
const understood: ReadonlySet<number> = new Set([200, 203, 204, 300, 301, 302, 303, 307, 308, 404, 405, 410, 414, 501]);
/** Of those, what may be kept without a word about it (RFC 9110, section 15.1). */
const byDefault: ReadonlySet<number> = new Set([200, 203, 204, 300, 301, 308, 404, 405, 410, 414, 501]);

function mayBeKept({ keepsNothing, isPersonal, needsConsent }: KeepingRule, fields: readonly HeaderField[], said: Directives): boolean {
  if (keepsNothing || said.has("no-store") || (said.has("private") && !isPersonal)) return false;
  if (needsConsent && !said.has("public") && !said.has("s-maxage") && !said.has("must-revalidate")) return false;
  return !fields.some(([name]) => neverKept.has(name)) && varyNames(fields) !== "any";
}

/** What sets a cookie is somebody's, a part is no whole, and what stands behind a body is not kept with it. */
const neverKept: ReadonlySet<string> = new Set(["set-cookie", "set-cookie2", "content-range", "trailer"]);

/** Milliseconds; undefined where the answer says nothing. */
function saidLifetime({ isPersonal }: KeepingRule, { fields, came }: Came, said: Directives): number | undefined {
  const own = isPersonal ? undefined : timeOf(said, "s-maxage");
  const age = own ?? timeOf(said, "max-age");
  if (age !== undefined) return age;
  const expires = allValues(fields, "expires");
  if (expires.length === 0) return undefined;
  const from = dateOf(fields, came) ?? came;
  return Math.max(0, Math.min(...expires.map((text) => (readHttpDate(text, came) ?? from) - from)));
}

function mustBeFresh({ isPersonal }: KeepingRule, said: Directives): boolean {
  if (said.has("must-revalidate") || said.has("no-cache")) return true;
  return !isPersonal && (said.has("proxy-revalidate") || said.has("s-maxage"));
}

/** Section 4.2.3: by its date or by what caches before this one say, whichever is more. */
function initialAge({ fields, asked, came }: Came): number {
  const ages = allValues(fields, "age").map((text) => (/^[0-9]+$/.test(text) ? Number(text) * 1000 : 0));
  const date = dateOf(fields, came);
  const apparent = date === undefined ? 0 : Math.max(0, came - date);
  return Math.max(apparent, Math.max(0, ...ages) + Math.max(0, came - asked));
}

function dateOf(fields: readonly HeaderField[], now: number): number | undefined {
  const [first] = allValues(fields, "date");
  return first === undefined ? undefined : readHttpDate(first, now);
}
