/** Doors: the policy of each as access of a level that stands around all routes, and what is known of it before any route is. */
import type { IrEntry } from "../model/ir.ts";
import type { Entry, Policy, Program } from "../model/program.ts";
import type { AddressClasses } from "../model/ir.ts";
import type { Expr } from "../model/expression.ts";
import { type LevelAccess, levelAccess, type Tables } from "./access-parts.ts";
import { type LevelRules, levelRules } from "./level-rules.ts";
import type { NetworkTable } from "./network-table.ts";
import { trustConditions, trustedClasses } from "./trusted-classes.ts";

/** `balancers`: conditions that tell them by their address. */
export type LoweredEntry = {
  readonly entry: Entry;
  readonly rules: LevelRules;
  readonly access: LevelAccess;
  readonly balancers: readonly Expr[];
};

export function lowerEntries(program: Program, tables: Tables, networks: NetworkTable, nextId: () => number): readonly LoweredEntry[] {
  const policies = new Map<string, Policy>(program.policies.map((policy) => [policy.name, policy]));
  return program.entries.map((entry) => {
    const rules = levelRules(entry, program, policies, tables.keyOf);
    const balancers = entry.door.kind === "listener" ? trustConditions(entry.door.balancers, networks) : [];
    return { entry, rules, access: levelAccess(rules, tables, nextId), balancers };
  });
}

export function irEntry({ entry, rules, balancers }: LoweredEntry, classes: AddressClasses): IrEntry {
  return {
    name: entry.name,
    door: entry.door,
    balancerClasses: trustedClasses(balancers, classes),
    asksCaller: rules.allows.some(({ reads }) => reads.principal),
  };
}
