/** The pages of findings, as documents that links lead to: `gwl-page:/GWL3104.md`. */
import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import * as extra from "../../lsp/extra.ts";

export const PAGE_SCHEME = "gwl-page";

export function providePages(client: BaseLanguageClient): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(PAGE_SCHEME, {
    provideTextDocumentContent: async ({ path }) => {
      const code = /([A-Za-z0-9-]+)\.md$/.exec(path)?.[1] ?? "";
      return (await client.sendRequest(extra.page, { code })) ?? `There is no page about \`${code}\`.\n`;
    },
  });
}
