/**
 * What this server answers beyond the protocol: tests, routes, decisions, requests to try. Promises: places are locations of the protocol; a
 * method's parameters and result stand here once, for server and clients.
 */
import { NotificationType, type Position, RequestType, type TextDocumentIdentifier } from "vscode-languageserver-protocol";
import type * as p from "../service/pictures.ts";
import type { Located } from "./convert.ts";

export type TestItem = Located<p.TestItem>;
export type TestRun = Located<p.TestRun>;
export type RouteTree = Located<p.RouteTree>;
export type DecisionTable = Located<p.DecisionTable>;
export type DecisionRow = Located<p.DecisionRow>;
export type TriedAnswer = Located<p.TriedAnswer>;
export type TriedPhase = Located<p.TriedPhase>;
export type TriedRule = Located<p.TriedRule>;
export type PlacedRule = Located<p.PlacedRule>;
export type { CallForm, TriedCall } from "../service/pictures.ts";

type At = { readonly textDocument: TextDocumentIdentifier };

/** Tests of all programs of the workspace. */
export const tests = new RequestType<Record<string, never>, readonly TestItem[], void>("gwl/tests");
/** `run` is the client's number, which `testDone` carries. No `ids`: all. */
export const runTests = new RequestType<{ readonly ids: readonly string[]; readonly run: number }, readonly TestRun[], void>(
  "gwl/runTests",
);
export const testDone = new NotificationType<{ readonly run: number; readonly test: TestRun }>("gwl/testDone");
/** Of the program that the document belongs to; null where there is none. */
export const routeTree = new RequestType<At, RouteTree | null, void>("gwl/routeTree");
/** Of the route at the position. */
export const decisionTable = new RequestType<At & { readonly position: Position }, DecisionTable | null, void>("gwl/decisionTable");
export const callForm = new RequestType<At, p.CallForm | null, void>("gwl/callForm");
export const tryRequest = new RequestType<At & { readonly call: p.TriedCall }, TriedAnswer, void>("gwl/tryRequest");
/** The programs have changed: what was asked of them may be asked again. */
export const changed = new NotificationType<Record<string, never>>("gwl/changed");
