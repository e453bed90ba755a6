/** Who may call each route, in one sentence, for `gwl routes`. Promises: names nobody who is certain to be refused. */
import { TRUE } from "../model/boolean-diagram.ts";
import type { Cell, Ir, IrRoute } from "../model/ir.ts";
import type { Program } from "../model/program.ts";
import { fromPhrase } from "./address-phrase.ts";
import { allowsOf, type CellConditions, cellConditions, deniesOf } from "./cell-conditions.ts";
import { allowWords, denyWords } from "./rule-words.ts";

export type RouteAccess = { readonly route: string; readonly who: string };

/**
 * In the order of `ir.routes`: ``Customer from office; Service, if `partner` ``, `public: load balancer probe`, `nobody`. Addresses
 * count whatever refuses them; of conditional denies those are named that stand below the gateway or are applied.
 */
export function whoMayCall(ir: Ir, program: Program): readonly RouteAccess[] {
  const about = { ir, program, conditions: cellConditions(ir), everywhere: rulesOfEverywhere(ir, program) };
  return ir.routes.map((route) => ({ route: route.key, who: whoOf(route, about) }));
}

type About = {
  readonly ir: Ir;
  readonly program: Program;
  readonly conditions: CellConditions;
  /** Rules of the gateway itself are the same on every line; only what it applies to some routes is worth a word. */
  readonly everywhere: ReadonlySet<number>;
};

function rulesOfEverywhere(ir: Ir, { gateway }: Program): ReadonlySet<number> {
  const own = new Set(gateway?.access.flatMap(({ kind, site }) => (kind === "apply" ? [] : [site])));
  return new Set(ir.rules.flatMap(({ sites: [outermost] }, rule) => (outermost !== undefined && own.has(outermost) ? [rule] : [])));
}

function whoOf(route: IrRoute, about: About): string {
  const callers = route.accept.map((caller) => caller.map((number) => about.ir.identities[number]?.name ?? ""));
  if (callers.length === 0) {
    const phrase = phraseOf(route, [], TRUE, about);
    return phrase === undefined
      ? "nobody"
      : anybody(route, about.ir) + (route.isPublic ? phrase.replace(/^ (not )?from/, ", $1from") : phrase);
  }
  const byPhrase = new Map<string, string[]>();
  for (const caller of callers) {
    const phrase = phraseOf(route, caller, isThis(caller, callers, about.conditions), about);
    if (phrase !== undefined) byPhrase.set(phrase, [...(byPhrase.get(phrase) ?? []), caller.join(" and ")]);
  }
  if (byPhrase.size === 0) return "nobody";
  return [...byPhrase].map(([phrase, who]) => who.join(" or ") + phrase).join("; ");
}

/** When the caller is this one of several: it has these identities and none of the others'. */
export function isThis(caller: readonly string[], callers: readonly (readonly string[])[], conditions: CellConditions): number {
  if (callers.length === 1) return TRUE;
  const { diagram, identity } = conditions.questions;
  const others = [...new Set(callers.flat())].filter((name) => !caller.includes(name));
  const has = caller.map(identity).reduce((all, one) => diagram.and(all, one), TRUE);
  return others.map(identity).reduce((all, one) => diagram.and(all, diagram.not(one)), has);
}

function anybody(route: IrRoute, ir: Ir): string {
  if (!route.isPublic) return "anybody";
  const allows = new Set(route.cellOfClass.flatMap((number) => rulesIn(ir, ir.cells[number]?.allows.request ?? 0)));
  const because = [...allows].flatMap((rule) => ir.rules[rule]?.because ?? []);
  return because.length === 0 ? "public" : `public: ${because.join("; ")}`;
}

function rulesIn(ir: Ir, number: number): readonly number[] {
  const node = ir.nodes[number];
  if (node?.kind === "rule") return [node.rule];
  return node?.kind === "union" ? node.parts.flatMap((part) => rulesIn(ir, part)) : [];
}

/** How and from where the caller gets in; undefined if not at all. */
function phraseOf(route: IrRoute, caller: readonly string[], isCaller: number, about: About): string | undefined {
  const { ir, program, conditions, everywhere } = about;
  const open = new Set<number>();
  const allows = new Set<number>();
  const denies = new Set<number>();
  let isSure = true;
  for (const number of new Set(route.cellOfClass)) {
    const cell = ir.cells[number];
    const way = cell && wayIn(cell, isCaller, conditions, everywhere);
    if (way === undefined) continue;
    open.add(number);
    isSure &&= way.isSure;
    for (const rule of way.allows) allows.add(rule);
    for (const rule of way.denies) denies.add(rule);
  }
  if (open.size === 0) return undefined;
  const classes = new Set(route.cellOfClass.flatMap((cell, one) => (open.has(cell) ? [one] : [])));
  const words = { caller, ir, program };
  const when = isSure ? "" : allowWords(allows, words);
  const { unless, onlyIf } = denyWords(denies, words);
  return fromPhrase(ir.classes, classes) + part("if", when) + part(isSure ? "if" : "and only if", onlyIf) + part("unless", unless);
}

const part = (word: string, words: string): string => (words === "" ? "" : `, ${word} ${words}`);

type WayIn = { readonly isSure: boolean; readonly allows: readonly number[]; readonly denies: readonly number[] };

/** `isSure`: some allow is true whatever the caller does, and then `allows` is empty. What is too hard to know counts as possible. */
function wayIn(cell: Cell, isCaller: number, conditions: CellConditions, everywhere: ReadonlySet<number>): WayIn | undefined {
  const { nodes, isPossible } = conditions;
  const [allows, denies] = [allowsOf(cell), deniesOf(cell)];
  if (!allows.some((node) => isPossible([isCaller, nodes.any(node)], denies))) return undefined;
  const isSure = !isPossible([isCaller], allows);
  const live = isSure ? [] : allows.flatMap(nodes.rules).filter(({ when }) => isPossible([isCaller, when], denies));
  const named = denies.flatMap(nodes.rules).filter(({ rule, when }) => !everywhere.has(rule) && isPossible([isCaller, when], []));
  return { isSure, allows: live.map(({ rule }) => rule), denies: named.map(({ rule }) => rule) };
}
