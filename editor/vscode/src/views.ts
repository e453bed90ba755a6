/** Everything that the extension shows beside the editor, for both builds. Promises: what it registers ends with the extension. */
import type * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { commands } from "./commands.ts";
import { providePages } from "./pages.ts";
import { panel } from "./panel-view.ts";
import { testing } from "./testing.ts";

export function showViews(context: vscode.ExtensionContext, client: BaseLanguageClient): void {
  const view = panel(context.extensionUri, client);
  const tests = testing(client);
  context.subscriptions.push(view, tests, providePages(context.extensionUri), commands(client, view, tests));
}
