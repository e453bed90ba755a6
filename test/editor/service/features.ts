/** How the answers of each feature are shown as lines, for the case files. */
import type { Edit, Range, Service, Spot } from "../../../editor/service/index.ts";
import { type Marked, ROOT, valueOf } from "./marked.ts";

export type FeatureCase = Marked & { readonly service: Service };
type Feature = (given: FeatureCase) => Promise<readonly string[]>;

const cursor = ({ cursors }: FeatureCase): Spot => cursors[0] ?? { path: `${ROOT}/gateway.gwl`, offset: 0 };
const range = (given: FeatureCase): Range => {
  const { path, offset } = cursor(given);
  return given.ranges[0] ?? { path, start: offset, end: offset };
};
const main = `${ROOT}/gateway.gwl`;
const short = (path: string): string => path.slice(ROOT.length + 1);

/** `gateway.gwl:4:7 "office"` */
function shown({ files }: FeatureCase, { path, start, end }: Range): string {
  const text = files[path] ?? "";
  const before = text.slice(0, start).split("\n");
  const written = text.slice(start, end).split("\n");
  const first = written.length > 1 ? `${written[0]} …` : (written[0] ?? "");
  return `${short(path)}:${before.length}:${(before.at(-1) ?? "").length + 1} ${JSON.stringify(first)}`;
}

/** The changed lines of each file below its name. */
export function applied(files: Readonly<Record<string, string>>, edits: readonly Edit[]): readonly string[] {
  const byPath = Map.groupBy(edits, ({ path }) => path);
  return [...byPath].flatMap(([path, own]) => {
    let text = files[path] ?? "";
    for (const edit of own.toSorted((a, b) => b.start - a.start)) text = text.slice(0, edit.start) + edit.text + text.slice(edit.end);
    return [`--- ${short(path)}`, ...changedLines((files[path] ?? "").split("\n"), text.split("\n"))];
  });
}

function changedLines(before: readonly string[], after: readonly string[]): readonly string[] {
  let [at, other] = [0, 0];
  const lines: string[] = [];
  while (at < before.length || other < after.length) {
    if (before[at] === after[other]) {
      at++;
      other++;
      continue;
    }
    const next = nextEqual(before.slice(at), after.slice(other));
    lines.push(
      ...before.slice(at, at + next.left).map((line) => `- ${line}`),
      ...after.slice(other, other + next.right).map((line) => `+ ${line}`),
    );
    at += next.left;
    other += next.right;
  }
  return lines;
}

/** How many lines on each side stand before the next that is on both. */
function nextEqual(before: readonly string[], after: readonly string[]): { readonly left: number; readonly right: number } {
  for (let sum = 1; sum <= before.length + after.length; sum++) {
    for (let left = 0; left <= sum; left++) {
      if (left < before.length && sum - left < after.length && before[left] === after[sum - left]) return { left, right: sum - left };
    }
  }
  return { left: before.length, right: after.length };
}

/** A line `// among a, b` in a source asks for these only: words are added to the language, and cases need not know. */
const MOST_SHOWN = 14;

export const FEATURES: Readonly<Record<string, Feature>> = {
  completion: async (given) => {
    const found = (await valueOf(given.service.completions(cursor(given)))).filter(({ kind }) => kind !== "snippet");
    const among = /^\/\/ among (.*)$/m.exec(given.files[main] ?? "")?.[1]?.split(", ");
    if (among !== undefined) return among.map((label) => `${label} ${found.find((one) => one.label === label)?.kind ?? "is not offered"}`);
    const more = found.length - MOST_SHOWN;
    const lines = found.slice(0, MOST_SHOWN).map(({ label, kind, detail, edits }) => {
      const what = kind === "setting" || kind === "field" || kind === "parameter" ? ` (${detail ?? ""})` : "";
      return `${label} ${kind}${what}${edits.length > 0 ? ` + ${JSON.stringify(edits[0]?.text)}` : ""}`;
    });
    return more > 0 ? [...lines, `and ${more} more`] : lines;
  },
  snippets: async (given) =>
    (await valueOf(given.service.completions(cursor(given))))
      .filter(({ kind }) => kind === "snippet")
      .map(({ insert }) => JSON.stringify(insert)),
  signature: async (given) => {
    const found = await valueOf(given.service.signature(cursor(given)));
    if (found === undefined) return ["nothing"];
    const active = found.parameters[found.active ?? -1];
    return [
      found.label,
      ...(active === undefined ? [] : [`at ${found.label.slice(active.start, active.end)}`]),
      ...(found.documentation ? [found.documentation] : []),
    ];
  },
  hover: async (given) => {
    const found = await valueOf(given.service.hover(cursor(given)));
    return found === undefined ? ["nothing"] : [shown(given, found.range), found.markdown];
  },
  hints: async (given) => {
    const text = given.files[main] ?? "";
    const found = await valueOf(given.service.inlayHints({ path: main, start: 0, end: text.length }, "whole"));
    return found.map(({ offset, label }) => `${text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset).trim()} [${label}]`);
  },
  tokens: async (given) => {
    const text = given.files[main] ?? "";
    return (await valueOf(given.service.semanticTokens(main))).map(
      ({ start, end, type, modifiers }) => `${text.slice(start, end)} ${[type, ...modifiers].join(" ")}`,
    );
  },
  definition: async (given) => (await valueOf(given.service.definition(cursor(given)))).map((one) => shown(given, one)),
  "type-definition": async (given) => (await valueOf(given.service.typeDefinition(cursor(given)))).map((one) => shown(given, one)),
  implementation: async (given) => (await valueOf(given.service.implementation(cursor(given)))).map((one) => shown(given, one)),
  references: async (given) => (await valueOf(given.service.references(cursor(given), true))).map((one) => shown(given, one)),
  highlights: async (given) =>
    (await valueOf(given.service.highlights(cursor(given)))).map((one) => `${shown(given, one.range)} ${one.kind}`),
  symbols: async (given) => {
    const lines: string[] = [];
    type Symbol = Awaited<ReturnType<typeof symbols>>[number];
    const symbols = (): Promise<Awaited<ReturnType<typeof ask>>> => ask();
    const ask = async () => valueOf(given.service.documentSymbols(main));
    const show = (all: readonly Symbol[], indent: string): void => {
      for (const { name, kind, children } of all) {
        lines.push(`${indent}${name} ${kind}`);
        show(children, `${indent}  `);
      }
    };
    show(await symbols(), "");
    return lines;
  },
  "workspace-symbols": async (given) =>
    (await valueOf(given.service.workspaceSymbols("ord"))).map(
      ({ name, kind, container, range: at }) => `${name} ${kind}${container ? ` in ${container}` : ""} ${short(at.path)}`,
    ),
  calls: async (given) => {
    const item = await valueOf(given.service.callItem(cursor(given)));
    if (item === undefined) return ["nothing"];
    const incoming = await valueOf(given.service.incomingCalls(item.selection));
    const outgoing = await valueOf(given.service.outgoingCalls(item.selection));
    const line = (arrow: string) => (link: (typeof incoming)[number]) =>
      `${arrow} ${link.item.name} ${link.item.kind} at ${link.at.map((at) => shown(given, at)).join(", ")}`;
    return [`${item.name} ${item.kind}`, ...incoming.map(line("<-")), ...outgoing.map(line("->"))];
  },
  folding: async (given) =>
    (await valueOf(given.service.foldings(main))).map((one) => `${shown(given, { path: main, ...one })} ${one.kind}`),
  selection: async (given) =>
    ((await valueOf(given.service.selectionRanges(cursor(given).path, [cursor(given).offset])))[0] ?? []).map((one) =>
      JSON.stringify((given.files[one.path] ?? "").slice(one.start, one.end)).slice(0, 100),
    ),
  links: async (given) =>
    (await valueOf(given.service.documentLinks(main))).map((one) => `${shown(given, one.range)} -> ${short(one.target)}`),
  rename: async (given) => {
    const spot = cursor(given);
    const name = /^\/\/ to (\S+)/m.exec(given.files[spot.path] ?? "")?.[1] ?? "renamed";
    const before = await valueOf(given.service.renameable(spot));
    const done = await valueOf(given.service.rename(spot, name));
    return [`from ${before?.name ?? "nothing"}`, ...(done.ok ? applied(given.files, done.edits) : [`refused: ${done.why}`])];
  },
  actions: async (given) => {
    const found = await valueOf(given.service.codeActions(range(given)));
    const lines = found.map(({ title, kind, fixes }) => `${kind}: ${title}${fixes === undefined ? "" : ` (${fixes.code})`}`);
    const own = found.find(({ kind }) => kind === "quickfix" || kind === "extract") ?? found[0];
    return own === undefined ? ["none"] : [...lines, ...applied(given.files, own.edits)];
  },
  "fix-all": async (given) => applied(given.files, await valueOf(given.service.fixAll(main))),
  "organise-imports": async (given) => applied(given.files, await valueOf(given.service.organizeImports(main))),
  format: async (given) =>
    applied(
      given.files,
      given.ranges[0] === undefined ? await valueOf(given.service.format(main)) : await valueOf(given.service.formatRange(given.ranges[0])),
    ),
  "format-on-type": async (given) => {
    const spot = cursor(given);
    return applied(given.files, await valueOf(given.service.formatOnType(spot, (given.files[spot.path] ?? "")[spot.offset - 1] ?? "")));
  },
  lenses: async (given) => (await valueOf(given.service.codeLenses(main, "whole"))).map((one) => `${shown(given, one.range)} ${one.title}`),
  tests: async (given) => {
    const items = await valueOf(given.service.tests());
    const runs = await valueOf(given.service.runTests([]));
    return [
      ...items.map(({ id, cases }) => `${id.slice(ROOT.length + 1)} with ${cases.length} cases`),
      ...runs.flatMap(({ name, isPassed, failures }) => [
        `${name}: ${isPassed ? "passed" : "failed"}`,
        ...failures.map(
          (failure) => `  ${shown(given, failure.range)} ${failure.message} | expected ${failure.expected} | actual ${failure.actual}`,
        ),
      ]),
    ];
  },
  "route-tree": async (given) => {
    type Tree = NonNullable<Awaited<ReturnType<typeof ask>>>;
    const ask = async () => valueOf(given.service.routeTree(main));
    const lines: string[] = [];
    const show = ({ kind, label, who, children }: Tree, indent: string): void => {
      lines.push(`${indent}${kind} ${label}${who === undefined ? "" : `: ${who}`}`);
      for (const child of children) show(child, `${indent}  `);
    };
    const tree = await ask();
    if (tree !== undefined) show(tree, "");
    return lines;
  },
  "decision-table": async (given) => {
    const table = await valueOf(given.service.decisionTable(cursor(given)));
    if (table === undefined) return ["nothing"];
    return [
      `${table.route}: ${table.who}`,
      ...table.rows.flatMap(({ caller, from, example, verdict, rules }) => [
        `${caller} from ${from} (${example}): ${verdict}`,
        ...rules.map(
          (rule) => `  ${rule.effect} ${rule.when}: ${rule.label}${rule.through.map(({ label }) => ` through ${label}`).join("")}`,
        ),
      ]),
    ];
  },
  "try-request": async (given) => {
    const written = /^\/\/ try (\{.*\})$/m.exec(given.files[main] ?? "")?.[1] ?? "{}";
    const answer = await valueOf(given.service.tryRequest(main, JSON.parse(written)));
    if (!answer.ok) return [`refused: ${answer.why}`];
    return [
      `${answer.isAllowed ? "allowed" : "denied"} ${answer.status ?? answer.backend ?? ""} (${answer.cause}) ${answer.route ?? ""}`,
      ...answer.phases.flatMap(({ name, happened, rules }) => [
        `${name}: ${happened}`,
        ...rules.map((rule) => `  ${rule.decided ? "*" : " "} ${rule.condition}: ${rule.label}`),
      ]),
      ...answer.notAsked.map((rule) => `not asked: ${rule.label}`),
    ];
  },
  findings: async (given) => {
    const found = await valueOf(given.service.allFindings());
    return [...found].flatMap(([, all]) =>
      all.map(
        (one) =>
          `${shown(given, one.range)} ${one.severity} ${one.code} ${one.message}${one.tags.map((tag) => ` #${tag}`).join("")}${one.related.map((other) => ` | ${shown(given, other.range)}: ${other.message}`).join("")} | ${one.page}`,
      ),
    );
  },
};
