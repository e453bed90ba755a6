/** Who may call a route, and which routes a rule reaches: what only the whole program shows, in sentences. */
import type { Statement } from "../../grammar/ast.ts";
import type { Span } from "../../grammar/index.ts";
import { whoMayCall } from "../../compiler/analyze/index.ts";
import { once } from "../../compiler/model/once.ts";
import type { SiteId } from "../../compiler/model/program.ts";
import type { IrRoute } from "../../compiler/model/ir.ts";
import { holds } from "./name-at.ts";
import type { Whole } from "./program-view.ts";
import { ruleReach } from "./rule-reach.ts";
import type { FileView } from "./workspace.ts";

/** Routes that are named before the rest is counted. */
const MOST_ROUTES = 8;

/** On the head of a route, or on the word of a rule. Undefined elsewhere, and where the program has an error. */
export async function describeAccess(
  seen: FileView,
  statement: Statement,
  offset: number,
): Promise<{ readonly span: Span; readonly markdown: string } | undefined> {
  const path = statement.phrase.terms[0];
  const isHead = holds(statement.word.span, offset) || (path?.kind === "text" && holds(path.span, offset));
  if (!isHead) return undefined;
  const whole = await seen.whole();
  if (whole.ir === undefined) return undefined;
  const route = whole.ir.routes.find(({ span }) => span.file === seen.file && span.start === statement.word.span.start);
  if (route !== undefined) {
    const span = path === undefined ? statement.word.span : { ...statement.word.span, end: path.span.end };
    return { span, markdown: `\`${route.key}\`\n\n**May be called by** ${whoOf(whole).get(route.key) ?? "nobody"}` };
  }
  const site = siteOf(whole, statement);
  return site === undefined ? undefined : { span: statement.word.span, markdown: reachText(ruleReach(whole.ir).routesOf(site)) };
}

const sentences = once(
  (whole: Whole): ReadonlyMap<string, string> =>
    whole.ir === undefined ? new Map() : new Map(whoMayCall(whole.ir, whole.program).map(({ route, who }) => [route, who])),
);

/** Who may call each route, by the route's key. */
export const whoOf = (whole: Whole): ReadonlyMap<string, string> => sentences(whole);

export function siteOf({ program }: Whole, { span }: Statement): SiteId | undefined {
  const site = program.sites.findIndex((one) => one.span.file === span.file && one.span.start === span.start && one.span.end <= span.end);
  return site === -1 ? undefined : site;
}

function reachText(routes: readonly IrRoute[]): string {
  if (routes.length === 0) return "decides nothing for any route";
  const shown = routes.slice(0, MOST_ROUTES).map(({ key }) => `- \`${key}\``);
  const more = routes.length > MOST_ROUTES ? [`- and ${routes.length - MOST_ROUTES} more`] : [];
  return [`**Reaches ${routes.length === 1 ? "one route" : `${routes.length} routes`}**`, "", ...shown, ...more].join("\n");
}
