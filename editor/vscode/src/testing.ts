/**
 * The `test`s of all programs in the Testing view. Promises: results stand in the gutter beside the test; a failure shows what was expected and
 * what came as a diff, and who decided.
 */
import * as vscode from "vscode";
import type { BaseLanguageClient, Location } from "vscode-languageclient";
import * as extra from "../../lsp/extra.ts";

export type Testing = vscode.Disposable & { readonly run: (id: string) => Promise<void> };

export function testing(client: BaseLanguageClient): Testing {
  const controller = vscode.tests.createTestController("gwl", "GWL tests");
  const known = new Map<string, vscode.TestItem>();
  let runs = 0;
  const discover = async (): Promise<void> => {
    const found = await client.sendRequest(extra.tests, {});
    known.clear();
    controller.items.replace(byFile(found, client, controller, known));
  };
  const run = async (request: vscode.TestRunRequest, token: vscode.CancellationToken): Promise<void> => {
    await discover();
    const chosen = chosenTests(request, known);
    const number = (runs += 1);
    const recorded = controller.createTestRun(request);
    for (const item of chosen) recorded.started(item);
    const hearing = client.onNotification(extra.testDone, ({ run: of, test }) => {
      if (of === number) record(test, known.get(test.id), recorded, client);
    });
    try {
      await client.sendRequest(extra.runTests, { ids: chosen.map(({ id }) => id), run: number }, token);
    } catch (fault) {
      const message = new vscode.TestMessage(fault instanceof Error ? fault.message : String(fault));
      if (!token.isCancellationRequested) for (const item of chosen) recorded.errored(item, message);
    } finally {
      hearing.dispose();
      recorded.end();
    }
  };
  const profile = controller.createRunProfile("Run", vscode.TestRunProfileKind.Run, run, true);
  controller.resolveHandler = async (item) => {
    if (item === undefined) await discover();
  };
  controller.refreshHandler = discover;
  const following = client.onNotification(extra.changed, () => void discover().catch(() => undefined));
  return {
    run: async (id) => {
      if (!known.has(id)) await discover();
      const item = known.get(id);
      if (item === undefined) return;
      const { token } = new vscode.CancellationTokenSource();
      await run(new vscode.TestRunRequest([item], undefined, profile), token);
    },
    dispose: () => {
      following.dispose();
      controller.dispose();
    },
  };
}

/** Without a choice, all of them but what is left out. */
function chosenTests({ include, exclude }: vscode.TestRunRequest, known: ReadonlyMap<string, vscode.TestItem>): readonly vscode.TestItem[] {
  const left = new Set(exclude?.flatMap(testsIn).map(({ id }) => id));
  // Items of an older discovery are other objects with the same names.
  const wanted = include === undefined ? [...known.keys()] : include.flatMap(testsIn).map(({ id }) => id);
  return wanted.flatMap((id) => (left.has(id) ? [] : (known.get(id) ?? [])));
}

function testsIn(item: vscode.TestItem): readonly vscode.TestItem[] {
  return item.children.size === 0 ? [item] : [...item.children].flatMap(([, child]) => testsIn(child));
}

function byFile(
  found: readonly extra.TestItem[],
  client: BaseLanguageClient,
  controller: vscode.TestController,
  known: Map<string, vscode.TestItem>,
): readonly vscode.TestItem[] {
  return [...Map.groupBy(found, ({ range }) => range.uri)].map(([uri, tests]) => {
    const place = client.protocol2CodeConverter.asUri(uri);
    const file = controller.createTestItem(uri, vscode.workspace.asRelativePath(place), place);
    for (const { id, name, range } of tests) {
      const item = controller.createTestItem(id, name, place);
      item.range = client.protocol2CodeConverter.asRange(range.range);
      known.set(id, item);
      file.children.add(item);
    }
    return file;
  });
}

function record(test: extra.TestRun, item: vscode.TestItem | undefined, run: vscode.TestRun, client: BaseLanguageClient): void {
  if (item === undefined) return;
  if (test.isPassed) run.passed(item, test.milliseconds);
  else
    run.failed(
      item,
      test.failures.map((failure) => message(failure, client)),
      test.milliseconds,
    );
}

function message(
  { message: told, expected, actual, stage, range, decidedBy }: extra.TestRun["failures"][number],
  client: BaseLanguageClient,
): vscode.TestMessage {
  const by = decidedBy.map(({ label }) => label).join(", ");
  const shown = [stage === undefined ? told : `in stage ${stage}: ${told}`, ...(by === "" ? [] : [`decided by ${by}`])].join("\n");
  const made = vscode.TestMessage.diff(shown, expected, actual);
  made.location = location(range, client);
  made.stackTrace = decidedBy.map(({ label, range: at }) => {
    const { uri, range: lines } = location(at, client);
    return new vscode.TestMessageStackFrame(label, uri, lines.start);
  });
  return made;
}

function location({ uri, range }: Location, { protocol2CodeConverter }: BaseLanguageClient): vscode.Location {
  return new vscode.Location(protocol2CodeConverter.asUri(uri), protocol2CodeConverter.asRange(range));
}
