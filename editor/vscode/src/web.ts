/**
 * The extension in a browser, as on vscode.dev. Promises: the server runs in the extension's own thread, behind a channel of messages, since no
 * worker can be had there. `extension.cjs` takes the client from this file as well and `server.cjs` the server, so that each is in the package
 * once.
 */
import "vscode-jsonrpc/browser";
import type * as vscode from "vscode";
import type { Connect } from "./client.ts";

export { serve } from "../../lsp/serve.ts";
export { createService } from "../../service/index.ts";
export { type RegexLibrary, setRegexLibrary } from "./regex-library.ts";

let stop: (() => Promise<void>) | undefined;

/** Loaded late, as all that needs `vscode`: the server's process has none. */
export async function startClient(context: vscode.ExtensionContext, connect: Connect): Promise<() => Promise<void>> {
  const { runClient } = await import("./client.ts");
  return (await runClient(context, connect)).stop;
}

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const { activateWeb } = await import("./web-client.ts");
  stop = await activateWeb(context);
}

export async function deactivate(): Promise<void> {
  await stop?.();
}
