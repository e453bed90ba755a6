/**
 * The extension where there is a Node: the server is a process of its own. Client and views are those of `web.cjs`, so that they are in the
 * package once.
 */
import { fork } from "node:child_process";
import type * as vscode from "vscode";
import { StreamMessageReader, StreamMessageWriter } from "vscode-jsonrpc/node";
import { startClient } from "./web.ts";

let stop: (() => Promise<void>) | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const server = context.asAbsolutePath("dist/server.cjs");
  stop = await startClient(context, async () => {
    // What the server writes to standard error has no reader here; its log goes through the protocol.
    const { stdin, stdout } = fork(server, { execArgv: [], stdio: ["pipe", "pipe", "ignore", "ipc"] });
    if (stdin === null || stdout === null) throw new Error("the language server has no standard input and output");
    return { reader: new StreamMessageReader(stdout), writer: new StreamMessageWriter(stdin) };
  });
}

export async function deactivate(): Promise<void> {
  await stop?.();
}
