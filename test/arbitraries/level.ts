/** One level of a generated program: what the levels around it have said, and the statements that it adds. */
import type { Choices } from "./choices.ts";
import { changeLine } from "./changes.ts";
import { corsLine } from "./cors.ts";
import { deprecatedLine } from "./releases.ts";
import { type PolicyShape, ruleText, useText } from "./declarations.ts";
import { everyAnswerLines } from "./every-answer.ts";
import { condition, notEverybody } from "./expressions.ts";
import type { BodyShape, GeneratedRoute, GeneratedSegment } from "./generated.ts";
import { limitLines } from "./limits.ts";
import type { Surroundings } from "./surroundings.ts";
import { quoted, TAG_VALUES } from "./vocabulary.ts";

export type Draft = {
  readonly c: Choices;
  readonly policies: readonly PolicyShape[];
  readonly bodies: BodyShape[];
  readonly routes: GeneratedRoute[];
  readonly shapes: Set<string>;
  /** Whether calls are counted. */
  readonly limits: boolean;
};

/** An overridable policy in use, and how it was used. */
type OverridableUse = { readonly policy: PolicyShape; readonly written: string };

/** What outer levels have said already. */
export type Level = {
  readonly at: Surroundings;
  readonly prefix: readonly GeneratedSegment[];
  readonly isAuthenticated: boolean;
  /** Routes below need no access statement. */
  readonly grants: boolean;
  /** A deny or require above asks who the caller is: no public route can stand below. */
  readonly asksCaller: boolean;
  readonly overridable: readonly OverridableUse[];
  /** A level above is public: routes below may have no caller. */
  readonly isOpen: boolean;
};

export type Stated = { readonly lines: readonly string[]; readonly level: Level };

export type May = { readonly grant: "nothing" | "allow" | "public"; readonly apply: boolean };

export function statements(draft: Draft, outer: Level, may: May): Stated {
  const { c } = draft;
  const at: Surroundings = may.grant === "public" ? { ...outer.at, identities: [] } : outer.at;
  const rules = c.some(
    0,
    c.chance(1, 3) ? 2 : 0,
    (index) => `  ${ruleText(c, c.pick(["deny", "require"]), condition(c, at, 2), `outer ${index}`)}`,
  );
  const brought = broughtPolicies(draft, outer, may);
  const lines = [...rules, ...brought.lines, ...overrideLine(c, outer)];
  if (at.hasTags && c.chance(1, 2)) lines.push(`  tags { data: ${tagText(c, at)} }`);
  if (c.chance(1, 4)) lines.push(changeLine(c, at));
  if (c.chance(1, 6)) lines.push(corsLine(c, at.hasStages));
  lines.push(...everyAnswerLines(c));
  if (c.chance(1, 8)) lines.push(deprecatedLine(c));
  if (draft.limits) lines.push(...limitLines(c, at, outer.isAuthenticated && may.grant !== "public").map((line) => `  ${line}`));
  if (may.grant === "allow") lines.push(`  ${grantText(draft, at, outer.isAuthenticated)}`);
  if (may.grant === "public") lines.push('  public because "all of it"');
  return {
    lines,
    level: {
      ...outer,
      at,
      isOpen: outer.isOpen || may.grant === "public",
      overridable: [...outer.overridable, ...brought.overridable],
      asksCaller: outer.asksCaller || brought.asksCaller || rules.some((line) => line.includes("principal")),
      grants: outer.grants || may.grant !== "nothing",
    },
  };
}

function tagText(c: Draft["c"], { hasStages }: Surroundings): string {
  const value = (): string => quoted(c.pick(TAG_VALUES));
  return hasStages && c.chance(1, 3) ? `stage { dev: ${value()}, prod: ${value()} }` : value();
}

const SELECTORS = [
  "method != OPTIONS",
  "method == GET or method == POST",
  'route.path != "/zz"',
  "method in [POST, PUT, GET]",
  "route.version != 2",
];
const TAG_SELECTORS = ['tag.data != "pii" and method != HEAD', 'tag.data == "pii" or method == POST', "has tag.data or method == GET"];

function broughtPolicies(
  { c, policies }: Draft,
  { at, isOpen, isAuthenticated }: Level,
  may: May,
): Omit<Stated, "level"> & Pick<Level, "overridable" | "asksCaller"> {
  const forbidding = policies.filter((policy) => policy.forbids && !policy.allows);
  const lines: string[] = [];
  const overridable: OverridableUse[] = [];
  let asksCaller = false;
  const bring = (keyword: string, choice: readonly PolicyShape[], suffix: string): void => {
    if (choice.length === 0) return;
    const policy = c.pick(choice);
    const written = useText(c, policy, at);
    if (policy.isOverridable && policy.forbids) overridable.push({ policy, written });
    asksCaller ||= policy.asksCaller;
    lines.push(`  ${keyword} ${written}${suffix}`);
  };
  const isFit = (policy: PolicyShape): boolean =>
    (may.grant !== "public" && !isOpen && isAuthenticated) || !(policy.asksCaller || policy.allows);
  if (c.chance(1, 4)) bring("use", forbidding.filter(isFit), "");
  if (may.apply && c.chance(1, 4)) {
    const selectors = at.hasTags ? [...SELECTORS, ...TAG_SELECTORS] : SELECTORS;
    bring("apply", (c.chance(1, 4) ? policies : forbidding).filter(isFit), ` to routes where ${c.pick(selectors)}`);
  }
  return { lines, overridable, asksCaller };
}

function overrideLine(c: Choices, { overridable }: Level): readonly string[] {
  if (overridable.length === 0 || !c.chance(1, 3)) return [];
  const { policy, written } = c.pick(overridable);
  const isConstant = !/\bif\b|GATE/.test(written);
  return [`  override ${isConstant && c.chance(1, 3) ? written : policy.name} because "here it may"`];
}

export function grantText({ c, policies }: Draft, at: Surroundings, isAuthenticated: boolean): string {
  const allowing = policies.filter((policy) => policy.allows && (isAuthenticated || !policy.readsCaller));
  if (allowing.length > 0 && c.chance(1, 3)) return `use ${useText(c, c.pick(allowing), at)}`;
  if (isAuthenticated && c.chance(1, 3)) return "allow";
  return ruleText(c, "allow", notEverybody(condition(c, at, 3)), "granted");
}
