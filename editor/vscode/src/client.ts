/** The client, and all that the extension shows, over whatever carries its messages. */
import type * as vscode from "vscode";
import { LanguageClient, type MessageTransports } from "vscode-languageclient/browser";
import { CLIENT_OPTIONS } from "./client-options.ts";
import { showViews } from "./views.ts";

export type Connect = () => Promise<MessageTransports>;
export type RunningClient = { readonly client: LanguageClient; readonly stop: () => Promise<void> };

/** `connect` is asked again when the server has gone. */
export async function runClient(context: vscode.ExtensionContext, connect: Connect): Promise<RunningClient> {
  const client = new LanguageClient("gwl", "GWL", connect, CLIENT_OPTIONS);
  showViews(context, client);
  await client.start();
  return { client, stop: () => client.stop() };
}
