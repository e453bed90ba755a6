/** Code lenses, and what the extension's own views ask: tests, the routes, decisions, requests to try. */
import { type CodeLens, MessageType, ResponseError, ShowMessageNotification } from "vscode-languageserver";
import type * as a from "../../service/answers.ts";
import type { TestRun } from "../../service/pictures.ts";
import { COMMANDS } from "../commands.ts";
import * as extra from "../extra.ts";
import { withProgress } from "../progress.ts";
import { answer, cancellationOf, guarded, type Session } from "../session.ts";

export function handleUnderstanding(session: Session): void {
  const { connection, service, convert, paths } = session;
  const patience = (): a.Patience => (session.client().canRefreshCodeLenses ? "known" : "whole");
  connection.onCodeLens(
    guarded(session, async ({ textDocument }, token) =>
      answer(session, service.codeLenses(paths.pathOf(textDocument.uri), patience(), cancellationOf(token)), (found) =>
        codeLenses(found, session),
      ),
    ),
  );
  connection.onExecuteCommand(
    guarded(session, async ({ command, arguments: given }) => {
      const argument: unknown = given?.[0];
      if (command === COMMANDS.runTest && typeof argument === "string") return tellTest(argument, session);
      if (command === COMMANDS.explainRoute) return tellRoute(argument, session);
      return null;
    }),
  );
  connection.onRequest(
    extra.routeTree,
    guarded(session, async ({ textDocument }, token) =>
      answer(session, service.routeTree(paths.pathOf(textDocument.uri), cancellationOf(token)), (tree) => convert.located(tree ?? null)),
    ),
  );
  connection.onRequest(
    extra.decisionTable,
    guarded(session, async ({ textDocument, position }, token) =>
      answer(session, service.decisionTable(convert.spot(textDocument.uri, position), cancellationOf(token)), (table) =>
        convert.located(table ?? null),
      ),
    ),
  );
  connection.onRequest(
    extra.callForm,
    guarded(session, async ({ textDocument }, token) =>
      answer(session, service.callForm(paths.pathOf(textDocument.uri), cancellationOf(token)), (form) => form ?? null),
    ),
  );
  connection.onRequest(
    extra.tryRequest,
    guarded(session, async ({ textDocument, call }, token) =>
      answer(session, service.tryRequest(paths.pathOf(textDocument.uri), call, cancellationOf(token)), convert.located),
    ),
  );
  handleTests(session);
}

function handleTests(session: Session): void {
  const { connection, service, convert } = session;
  connection.onRequest(
    extra.tests,
    guarded(session, async () => answer(session, service.tests(), convert.located)),
  );
  connection.onRequest(
    extra.runTests,
    guarded(session, async ({ ids, run }, token) => {
      let done = 0;
      return withProgress(session, "Running tests", async (report) => {
        const onDone = (test: TestRun): void => {
          done += 1;
          report(`${done}${ids.length === 0 ? "" : ` of ${ids.length}`}`);
          void connection.sendNotification(extra.testDone, { run, test: convert.located(test) });
        };
        return answer(session, service.runTests(ids, onDone, cancellationOf(token)), convert.located);
      });
    }),
  );
}

function codeLenses(lenses: readonly a.CodeLens[], { convert, settings }: Session): CodeLens[] {
  const { tests, routes } = settings().codeLens;
  return lenses.flatMap(({ range, title, command }) => {
    if (!(command.name === "runTest" ? tests : routes)) return [];
    const argument = command.name === "runTest" ? command.test : convert.location(command.at);
    return [{ range: convert.lineRange(range), command: { title, command: COMMANDS[command.name], arguments: [argument] } }];
  });
}

/** For editors without a view for tests. */
async function tellTest(id: string, session: Session): Promise<ResponseError | null> {
  const runs = await answer(session, session.service.runTests([id]), (value) => value);
  if (runs instanceof ResponseError) return runs;
  for (const { name, isPassed, failures } of runs) {
    const told = isPassed ? "passed" : `failed: ${failures.map(({ message }) => message).join("; ")}`;
    await show(session, isPassed ? MessageType.Info : MessageType.Warning, `"${name}" ${told}`);
  }
  return null;
}

/** For editors without a panel. */
async function tellRoute(place: unknown, session: Session): Promise<ResponseError | null> {
  if (!isLocation(place)) return null;
  const asked = session.service.decisionTable(session.convert.spot(place.uri, place.range.start));
  const table = await answer(session, asked, (value) => value);
  if (table instanceof ResponseError) return table;
  if (table === undefined) return null;
  const rows = table.rows.map(
    ({ caller, from, verdict, rules }) =>
      `${caller} from ${from}: ${verdict} by ${rules.map(({ label }) => label).join(", ") || "default"}`,
  );
  await show(session, MessageType.Info, [`${table.route}: ${table.who}`, ...rows].join("\n"));
  return null;
}

async function show({ connection }: Session, type: MessageType, message: string): Promise<void> {
  await connection.sendNotification(ShowMessageNotification.type, { type, message });
}

function isLocation(value: unknown): value is { uri: string; range: { start: { line: number; character: number } } } {
  if (typeof value !== "object" || value === null || !("uri" in value) || !("range" in value)) return false;
  const { range } = value;
  return typeof value.uri === "string" && typeof range === "object" && range !== null && "start" in range;
}
