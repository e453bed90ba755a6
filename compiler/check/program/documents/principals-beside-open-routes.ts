/** An allow that names AWS principals, and routes on which nobody is one: AWS fails such methods, and here the statement lets nobody in. */
import { type Diagnostic, finding } from "../../../../grammar/source/diagnostic.ts";
import type { PlacedRoute } from "../../../model/placed-route.ts";
import type { Program } from "../../../model/program.ts";
import type { Survey } from "../rules-in-force.ts";
import { principalsBesideOpenRoutes } from "./documents.diagnostics.ts";
import { placedDocuments } from "./placed-documents.ts";

/** Where another statement allows callers without an AWS name, that one is for these routes. */
export function checkPrincipals(survey: Survey): readonly Diagnostic[] {
  return placedDocuments(survey).flatMap(({ file, routes, entry }) => {
    const isOpen = (placed: PlacedRoute): boolean => !knowsSigners(placed, survey.program);
    // An entry need not lead to all routes: that principals are named beside those they cannot call says nothing there.
    const open = entry === undefined || routes.every(isOpen) ? routes.find(isOpen) : undefined;
    const allows = file.document.statements.map((statement, number) => ({ statement, places: file.places[number] }));
    const naming = allows.filter(
      ({ statement: { effect, principals } }) => effect === "allow" && principals?.items.every(({ kind }) => kind !== "anyone"),
    );
    const isForAll = allows.filter(({ statement }) => statement.effect === "allow").length > naming.length;
    const span = naming[0]?.places?.principals;
    if (open === undefined || isForAll || span === undefined) return [];
    return [finding(principalsBesideOpenRoutes, span, { route: open.route.key }, [{ span: open.route.span, message: "this route" }])];
  });
}

function knowsSigners({ accept }: PlacedRoute, { identities }: Program): boolean {
  return accept.some((caller) => caller.some((name) => identities.some((identity) => identity.name === name && identity.kind === "sigv4")));
}
