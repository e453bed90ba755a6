/** Client and server of the browser's build, at the two ends of one channel; files come from VS Code's file systems. */
import { BrowserMessageReader, BrowserMessageWriter } from "vscode-jsonrpc/browser";
import type * as vscode from "vscode";
import { DidChangeWatchedFilesNotification, FileChangeType } from "vscode-languageclient";
import { serve } from "../../lsp/serve.ts";
import { createService } from "../../service/index.ts";
import { type Connect, runClient, type RunningClient } from "./client.ts";
import { webFiles } from "./web-files.ts";

/** What it gives ends both. */
export async function activateWeb(context: vscode.ExtensionContext): Promise<() => Promise<void>> {
  let running: RunningClient | undefined;
  const files = await webFiles((uris) => {
    const changes = uris.map((uri) => ({ uri, type: FileChangeType.Changed }));
    void running?.client.sendNotification(DidChangeWatchedFilesNotification.method, { changes });
  });
  const connect: Connect = async () => {
    const { port1, port2 } = new MessageChannel();
    serve({
      reader: new BrowserMessageReader(port2),
      writer: new BrowserMessageWriter(port2),
      host: files.host,
      createService,
      version: String(context.extension.packageJSON.version),
      ended: () => port2.close(),
    });
    port2.start();
    port1.start();
    return { reader: new BrowserMessageReader(port1), writer: new BrowserMessageWriter(port1) };
  };
  context.subscriptions.push(files);
  running = await runClient(context, connect);
  return running.stop;
}
