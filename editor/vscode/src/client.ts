/** The client, and all that the extension shows, over whatever carries its messages. */
import type * as vscode from "vscode";
import { BaseLanguageClient, type MessageTransports } from "vscode-languageclient";
import { CLIENT_OPTIONS } from "./client-options.ts";
import { showViews } from "./views.ts";

export type Connect = () => Promise<MessageTransports>;
export type RunningClient = { readonly client: BaseLanguageClient; readonly stop: () => Promise<void> };

/** The library's own two know either Node or browsers; what they share takes any transport. */
class Client extends BaseLanguageClient {
  private readonly connect: Connect;

  constructor(connect: Connect) {
    super("gwl", "GWL", CLIENT_OPTIONS);
    this.connect = connect;
  }

  protected override createMessageTransports(): Promise<MessageTransports> {
    return this.connect();
  }
}

/** `connect` is asked again when the server has gone. */
export async function runClient(context: vscode.ExtensionContext, connect: Connect): Promise<RunningClient> {
  const client = new Client(connect);
  showViews(context, client);
  await client.start();
  return { client, stop: () => client.stop() };
}
