/**
 * Whether a regular expression takes time linear in its subject, proved by its automaton and not guessed by trying.
 * Promises: the library behind it, which takes longer to load than most programs to check, is loaded only for patterns that are
 * not proved by looking; each pattern is proved once.
 */
import type { checkSync } from "recheck";
import type { FileNode } from "../../../grammar/ast.ts";
import { isPlainlyLinear } from "./flat-regex.ts";
import { regexShape } from "./regex-shape.ts";
import { regexesIn } from "./regexes-in.ts";

export type RegexVerdict =
  | { readonly kind: "linear" }
  /** `attack` says on which texts it is slow. */
  | { readonly kind: "slow"; readonly complexity: string; readonly attack: string }
  /** `why`: a clause. */
  | { readonly kind: "unproved"; readonly why: string };

/** For patterns that are valid under the flag `u`, without slashes. Pure but for its cache. */
export type RegexProver = (pattern: string) => RegexVerdict;

/** Milliseconds for one pattern: a belt, so high that no busy machine comes to another verdict than an idle one. */
const BUDGET = 20_000;
/** Ways through the bounded parts of a pattern: the constant before the length of the subject. */
const MOST_CHOICES = 1000;
const LONGEST = 1000;

/** A prover for these files: the one asynchronous step of checking, done before it. */
export async function loadRegexProver(files: readonly FileNode[]): Promise<RegexProver> {
  const isHard = files.some((file) => regexesIn(file).some((pattern) => !isPlainlyLinear(pattern)));
  const library = isHard ? (await import("recheck/lib/browser.js")).default : undefined;
  const known = new Map<string, RegexVerdict>();
  return (pattern) => {
    const verdict = known.get(pattern) ?? prove(pattern, library?.checkSync);
    known.set(pattern, verdict);
    return verdict;
  };
}

function prove(pattern: string, check: typeof checkSync | undefined): RegexVerdict {
  if (pattern.length > LONGEST) return { kind: "unproved", why: `it is longer than ${LONGEST} characters` };
  if (isPlainlyLinear(pattern)) return { kind: "linear" };
  if (check === undefined) return { kind: "unproved", why: "the files were said not to have it" };
  const shape = regexShape(pattern);
  if (shape.kind === "beyond") return { kind: "unproved", why: shape.why };
  if (shape.choices > MOST_CHOICES) return { kind: "unproved", why: "its alternatives and options can be combined in too many ways" };
  const found = judge(shape.relaxed, check);
  if (found?.status === "safe") return { kind: "linear" };
  if (found === undefined || found.status === "unknown") return { kind: "unproved", why: "it is too complicated to be judged" };
  if (shape.relaxed !== pattern) return { kind: "unproved", why: "what its bounded repetitions repeat can be split in several ways" };
  return {
    kind: "slow",
    complexity: found.complexity.type === "exponential" ? "exponential" : "more than linear",
    attack: `${JSON.stringify(found.attack.pumps[0]?.pump ?? found.attack.string.slice(0, 20))}, often repeated`,
  };
}

/** Undefined where the library fails, as it may on forms that are newer than it. */
function judge(pattern: string, check: typeof checkSync): ReturnType<typeof checkSync> | undefined {
  try {
    return check(pattern, "u", { checker: "automaton", timeout: BUDGET });
  } catch {
    return undefined;
  }
}
