/** The commands of code lenses and of the palette. */
import * as vscode from "vscode";
import type { BaseLanguageClient, Location } from "vscode-languageclient";
import { COMMANDS } from "../../lsp/commands.ts";
import { open } from "./open-place.ts";
import type { Panel } from "./panel-view.ts";
import type { Testing } from "./testing.ts";

export function commands(client: BaseLanguageClient, panel: Panel, tests: Testing): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand(COMMANDS.runTest, async (id: unknown) => {
      if (typeof id === "string") await tests.run(id);
    }),
    vscode.commands.registerCommand(COMMANDS.explainRoute, async (place: unknown) => {
      if (isLocation(place)) await open(place, { preserveFocus: false });
      await panel.reveal("table");
    }),
    vscode.commands.registerCommand("gwl.tryRequest", () => panel.reveal("form")),
    vscode.commands.registerCommand("gwl.restartServer", async () => {
      await client.stop();
      await client.start();
    }),
  );
}

function isLocation(value: unknown): value is Location {
  return typeof value === "object" && value !== null && "uri" in value && typeof value.uri === "string" && "range" in value;
}
