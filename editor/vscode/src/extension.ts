/** The extension where there is a Node: the server is a process of its own, from this package. */
import type * as vscode from "vscode";
import { LanguageClient, TransportKind } from "vscode-languageclient/node";
import { CLIENT_OPTIONS } from "./client-options.ts";
import { showViews } from "./views.ts";

let client: LanguageClient | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const server = { module: context.asAbsolutePath("dist/server.cjs"), transport: TransportKind.stdio };
  client = new LanguageClient("gwl", "GWL", { run: server, debug: server }, CLIENT_OPTIONS);
  showViews(context, client);
  await client.start();
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}
