/**
 * Where the IAM policies of callers who sign have their say: at the gateway. What they deny is denied everywhere; that they allow is not
 * required where `mode aws` asks them itself by the tables of AWS, in which a resource policy may let in whom they do not (D145, D273).
 */
import { childrenOf } from "../model/expression-children.ts";
import type { Expr } from "../model/expression.ts";
import type { Api, Gateway, Group, Identity, Override, Policy, Route, Scope, Use } from "../model/program.ts";
import type { CheckContext } from "./context.ts";

type Level = Api | Group | Route;
type Around = { readonly uses: readonly Use[]; readonly aws: ReadonlySet<string>; readonly site: CheckContext["site"] };

/** `nameless`: the policies that stand for documents. */
export function withCallerPolicies(
  gateway: Gateway,
  identities: readonly Identity[],
  nameless: readonly Policy[],
  site: CheckContext["site"],
): Gateway {
  const access = identities.flatMap((identity) => (identity.kind === "sigv4" ? [identity.access] : []));
  const denied = access.flatMap((one) => one.denied);
  const uses = access.flatMap(({ required }) => required);
  const aws = new Set(nameless.flatMap(({ name, statements }) => (statements.some(isAws) ? [name] : [])));
  const around: Around = { uses, aws, site };
  if (uses.length === 0) return gateway;
  if (modeAws(gateway, around) !== undefined) return { ...gateway, access: [...gateway.access, ...denied] };
  return {
    ...gateway,
    access: [...gateway.access, ...denied, ...uses],
    children: gateway.children.map((child) => lifted(child, around)),
  };
}

function isAws(statement: Policy["statements"][number]): boolean {
  return statement.kind === "rule" && asksTables(statement.when);
}

function asksTables(expr: Expr): boolean {
  return expr.op === "awsAllows" || expr.op === "awsTable" || childrenOf(expr).some(asksTables);
}

function modeAws({ access }: Scope, { aws }: Around): Use | undefined {
  return access.find((statement) => statement.kind === "use" && aws.has(statement.policy)) as Use | undefined;
}

function lifted<Any extends Level>(level: Any, around: Around): Any {
  if (modeAws(level, around) !== undefined) return { ...level, access: [...level.access, ...overrides(level, around)] };
  return level.level === "route" ? level : { ...level, children: level.children.map((child) => lifted(child, around)) };
}

function overrides({ span }: Level, { uses, site }: Around): readonly Override[] {
  const because = "`mode aws` asks the IAM policies of callers itself";
  return uses.map(({ policy }) => ({
    kind: "override",
    policy,
    because,
    site: site({ kind: "override", span, label: "mode aws", because }),
  }));
}
