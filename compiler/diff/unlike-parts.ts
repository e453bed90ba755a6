/** What decides about calls beside routes and rules, is no condition, and differs: who an identity's callers are cannot be compared. */
import { childrenOf } from "../model/expression-children.ts";
import type { Expr } from "../model/expression.ts";
import type { Program } from "../model/program.ts";
import { inForce } from "../reference/shaping/cors.ts";
import { allLevels, placedRoutes } from "../model/placed-route.ts";

/** `what`: as a sentence begins. `mayOpen`: it may let in calls that were refused. */
export type Unlike = { readonly what: string; readonly mayOpen: boolean };

export function unlikeParts(before: Program, after: Program): readonly Unlike[] {
  return [
    ...unlikeIdentities(before, after),
    ...unlikeStages(before, after),
    ...unlikeLists(before, after),
    ...unlikeSettings(before, after),
    ...unlikePages(before, after),
    ...unlikeCalls(before, after),
  ];
}

function unlikeIdentities(before: Program, after: Program): readonly Unlike[] {
  return after.identities.flatMap((identity) => {
    const other = before.identities.find(({ name }) => name === identity.name);
    if (other === undefined || plain(other) === plain(identity)) return [];
    return [{ what: `identity ${identity.name} is declared otherwise, so others may be its callers`, mayOpen: true }];
  });
}

function unlikeStages(before: Program, after: Program): readonly Unlike[] {
  if (before.stages.length === 0 || after.stages.length === 0) return [];
  const added = after.stages.filter((stage) => !before.stages.includes(stage));
  const gone = before.stages.filter((stage) => !after.stages.includes(stage));
  return [
    ...added.map((stage) => ({ what: `stage ${stage} is new, so there is nothing to compare it with`, mayOpen: true })),
    ...gone.map((stage) => ({ what: `stage ${stage} is gone`, mayOpen: false })),
  ];
}

/** Conditions ask about such a list by its name, as what it holds changes while the gateway serves. */
function unlikeLists(before: Program, after: Program): readonly Unlike[] {
  return after.networks.flatMap(({ name, cidrs, reload }) => {
    const other = before.networks.find((one) => one.name === name);
    if (reload === undefined || other?.reload === undefined) return [];
    const source = (list: typeof reload): string => plain({ ...list, every: undefined });
    return cidrs.join() === other.cidrs.join() && source(reload) === source(other.reload)
      ? []
      : [{ what: `network ${name}, a list that is read again, holds other addresses or is read from elsewhere`, mayOpen: true }];
  });
}

/** Which pages a browser lets call, and read what is answered. */
function unlikePages(before: Program, after: Program): readonly Unlike[] {
  const said = (program: Program): ReadonlyMap<string, string> =>
    new Map(placedRoutes(program.gateway).flatMap(({ route, levels }) => [[route.key, plain(inForce(levels) ?? "none")] as const]));
  const old = said(before);
  const routes = [...said(after)].filter(([key, pages]) => pages !== plain("none") && pages !== old.get(key)).map(([key]) => key);
  return routes.map((key) => ({ what: `cors: pages of other origins may call ${key} or read its answers`, mayOpen: true }));
}

function unlikeSettings(before: Program, after: Program): readonly Unlike[] {
  const [old, young] = [before.gateway, after.gateway];
  if (old === undefined || young === undefined) return [];
  const trusts = (program: Program): string => {
    const said = program.gateway?.trustProxies ?? [];
    const names = new Set(said.flatMap(networksIn));
    return plain([said, program.networks.filter(({ name }) => names.has(name)).map(({ cidrs }) => cidrs)]);
  };
  const signs = (program: Program): string => (program.documents.length === 0 ? "" : plain(program.documents));
  const parts: readonly (readonly [isUnlike: boolean, what: string])[] = [
    [trusts(before) !== trusts(after), "trust proxies: others may say where a call comes from"],
    [plain(old.hosts) !== plain(young.hosts), "host: calls to other hosts may be taken"],
    [plain(old.paths) !== plain(young.paths), "paths: other spellings of a path may be taken"],
    [plain(chosenVersions(before)) !== plain(chosenVersions(after)), "version: requests may choose it otherwise"],
    [signs(before) !== signs(after), "IAM documents: what they say together with their callers' own policies was not compared"],
    [
      plain(before.entries.map(({ name, door }) => [name, door])) !== plain(after.entries.map(({ name, door }) => [name, door])),
      "entries: doors are declared otherwise",
    ],
  ];
  return parts.flatMap(([isUnlike, what]) => (isUnlike ? [{ what, mayOpen: true }] : []));
}

function networksIn(expr: Expr): readonly string[] {
  return expr.op === "network" ? [expr.name] : childrenOf(expr).flatMap(networksIn);
}

function chosenVersions({ gateway }: Program): readonly unknown[] {
  return allLevels(gateway).flatMap((level) =>
    level.level === "api" && level.choice !== undefined ? [[level.name, level.version, level.choice]] : [],
  );
}

/** What refuses calls that rules let in: the form of requests, and how many there may be. */
function unlikeCalls(before: Program, after: Program): readonly Unlike[] {
  const routes = (program: Program): ReadonlyMap<string, string> =>
    new Map(
      allLevels(program.gateway).flatMap((level) =>
        level.level === "route" ? [[level.key, plain([level.body, level.validate])] as const] : [],
      ),
    );
  const old = routes(before);
  const bodies = [...routes(after)].filter(([key, form]) => old.has(key) && old.get(key) !== form).map(([key]) => key);
  const limits = ({ gateway }: Program): ReadonlyMap<string, string> =>
    new Map(
      placedRoutes(gateway).map(({ route, levels }) => [route.key, plain([gateway?.limits, levels.map(({ traffic = [] }) => traffic)])]),
    );
  const oldLimits = limits(before);
  const areAlike = [...limits(after)].every(([key, said]) => (oldLimits.get(key) ?? said) === said);
  return [
    ...bodies.map((key) => ({ what: `${key} takes bodies or fields of another form`, mayOpen: false })),
    ...(areAlike ? [] : [{ what: "limits of sizes, times or calls differ", mayOpen: false }]),
  ];
}

/** Without what only says where and how it was written. */
function plain(part: unknown): string {
  return (
    JSON.stringify(part, (name, value: unknown) =>
      name === "span" || name === "site" || name === "doc" || name === "places" ? undefined : value,
    ) ?? ""
  );
}
