/** How the client talks to the server, in both builds. */
import type { LanguageClientOptions } from "vscode-languageclient";
import type { Options } from "../../lsp/client.ts";
import { PAGE_SCHEME } from "./pages.ts";

const options: Options = { runsCommands: true, pages: `${PAGE_SCHEME}:/` };

export const CLIENT_OPTIONS: LanguageClientOptions = {
  documentSelector: [{ language: "gwl" }],
  initializationOptions: options,
  diagnosticCollectionName: "gwl",
};
