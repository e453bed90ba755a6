/** Client and server of the browser's build, at the two ends of one channel. */
import { BrowserMessageReader, BrowserMessageWriter } from "vscode-jsonrpc/browser";
import type * as vscode from "vscode";
import { DidChangeWatchedFilesNotification, FileChangeType } from "vscode-languageclient";
import { LanguageClient } from "vscode-languageclient/browser";
import { serve } from "../../lsp/serve.ts";
import { wholeService } from "../../lsp/whole-service.ts";
import { createService } from "../../service/index.ts";
import { CLIENT_OPTIONS } from "./client-options.ts";
import { showViews } from "./views.ts";
import { webFiles } from "./web-files.ts";

/** What it gives ends both. */
export async function activateWeb(context: vscode.ExtensionContext): Promise<() => Promise<void>> {
  let client: LanguageClient | undefined;
  const files = await webFiles((uris) => {
    const changes = uris.map((uri) => ({ uri, type: FileChangeType.Changed }));
    void client?.sendNotification(DidChangeWatchedFilesNotification.method, { changes });
  });
  const transports = async () => {
    const { port1, port2 } = new MessageChannel();
    serve({
      reader: new BrowserMessageReader(port2),
      writer: new BrowserMessageWriter(port2),
      host: files.host,
      createService: (host) => wholeService(createService(host)),
      version: String(context.extension.packageJSON.version),
      ended: () => port2.close(),
    });
    port2.start();
    port1.start();
    return { reader: new BrowserMessageReader(port1), writer: new BrowserMessageWriter(port1) };
  };
  client = new LanguageClient("gwl", "GWL", transports, CLIENT_OPTIONS);
  context.subscriptions.push(files);
  showViews(context, client);
  await client.start();
  const started = client;
  return () => started.stop();
}
