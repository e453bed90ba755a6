/** What only the whole program can show. One check a file; this list is the table of contents. */
import type { Diagnostic } from "../../../grammar/source/diagnostic.ts";
import type { Program } from "../../model/program.ts";
import { atOnce, each, type Steps } from "../../model/steps.ts";
import { checkAbsentCaller } from "./absent-caller.ts";
import { ACCESS_DIAGNOSTICS } from "./access.diagnostics.ts";
import { checkAmbiguousClaims } from "./ambiguous-claim.ts";
import { checkAmbiguousRoutes } from "./ambiguous-routes.ts";
import { checkCaches } from "./caches.ts";
import { CACHES_DIAGNOSTICS } from "./caches.diagnostics.ts";
import { checkComposed } from "./composed.ts";
import { COMPOSED_DIAGNOSTICS } from "./composed.diagnostics.ts";
import { checkCors } from "./cors.ts";
import { CORS_DIAGNOSTICS } from "./cors.diagnostics.ts";
import { checkAllowLists } from "./documents/allow-list-restricts-nobody.ts";
import { DOCUMENT_DIAGNOSTICS } from "./documents/documents.diagnostics.ts";
import { checkPlans } from "./plans.ts";
import { PLAN_DIAGNOSTICS } from "./plans.diagnostics.ts";
import { checkPrincipals } from "./documents/principals-beside-open-routes.ts";
import { checkReleases } from "./releases.ts";
import { checkReloadedTrust } from "./reloaded-trust.ts";
import { RELEASES_DIAGNOSTICS } from "./releases.diagnostics.ts";
import { checkResources } from "./documents/resource-matches-no-route.ts";
import { checkSourceIp } from "./documents/source-ip-behind-endpoints.ts";
import { checkDoors } from "./doors.ts";
import { DOOR_DIAGNOSTICS } from "./doors.diagnostics.ts";
import { checkIdleExpectations } from "./idle-expectations.ts";
import { checkIndistinctIdentities } from "./indistinct-identities.ts";
import { checkLoggedCredentials } from "./logged-credentials.ts";
import { checkOpenAllow } from "./open-allow.ts";
import { checkOverrides } from "./overrides.ts";
import { checkPublicBesideAllow } from "./public-beside-allow.ts";
import { checkRouteWithoutAccess } from "./route-without-access.ts";
import { ROUTE_DIAGNOSTICS } from "./routes.diagnostics.ts";
import { survey, type Survey } from "./rules-in-force.ts";
import { checkSelectors } from "./selector-matches-nothing.ts";
import { checkWebsockets } from "./websockets.ts";
import { WEBSOCKET_DIAGNOSTICS } from "./websockets.diagnostics.ts";
import { checkVersionChoices } from "./version-choices.ts";

const CHECKS: readonly ((survey: Survey) => readonly Diagnostic[])[] = [
  checkRouteWithoutAccess,
  checkOpenAllow,
  checkPublicBesideAllow,
  checkAmbiguousRoutes,
  checkSelectors,
  checkOverrides,
  checkIndistinctIdentities,
  checkAmbiguousClaims,
  checkDoors,
  checkAbsentCaller,
  checkIdleExpectations,
  checkResources,
  checkPrincipals,
  checkPlans,
  checkCors,
  checkSourceIp,
  checkAllowLists,
  checkLoggedCredentials,
  checkReleases,
  checkReloadedTrust,
  checkWebsockets,
  checkVersionChoices,
  checkCaches,
  checkComposed,
];

export const PROGRAM_DIAGNOSTICS = [
  ...ACCESS_DIAGNOSTICS,
  ...ROUTE_DIAGNOSTICS,
  ...DOCUMENT_DIAGNOSTICS,
  ...DOOR_DIAGNOSTICS,
  ...PLAN_DIAGNOSTICS,
  ...CORS_DIAGNOSTICS,
  ...RELEASES_DIAGNOSTICS,
  ...WEBSOCKET_DIAGNOSTICS,
  ...CACHES_DIAGNOSTICS,
  ...COMPOSED_DIAGNOSTICS,
] as const;

export function checkProgram(program: Program): readonly Diagnostic[] {
  return atOnce(checkProgramInSteps(program));
}

export function* checkProgramInSteps(program: Program): Steps<readonly Diagnostic[]> {
  const surveyed = survey(program);
  yield;
  return (yield* each(CHECKS, (check) => check(surveyed))).flat();
}
