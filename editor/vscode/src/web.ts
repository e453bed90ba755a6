/**
 * The extension in a browser, as on vscode.dev. Promises: the server runs in the extension's own thread, behind a channel of messages, since no
 * worker can be had there; files come from VS Code's file systems. `dist/server.cjs` takes the server from this file as well, so that it is in
 * the package once.
 */
import "vscode-jsonrpc/browser";
import type * as vscode from "vscode";

export { serve } from "../../lsp/serve.ts";
export { createService } from "../../service/index.ts";
export { type RegexLibrary, setRegexLibrary } from "./regex-library.ts";

let stop: (() => Promise<void>) | undefined;

/** Loaded late: the server's process has no `vscode`. */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const { activateWeb } = await import("./web-client.ts");
  stop = await activateWeb(context);
}

export async function deactivate(): Promise<void> {
  await stop?.();
}
