/** The manual's pages about findings, as documents that the findings' codes lead to: `gwl-page:/GWL3104.md`. */
import * as vscode from "vscode";

export const PAGE_SCHEME = "gwl-page";

/** They are in the package, in one file, read when the first is asked for. */
export function providePages(extension: vscode.Uri): vscode.Disposable {
  let pages: Promise<ReadonlyMap<string, string>> | undefined;
  return vscode.workspace.registerTextDocumentContentProvider(PAGE_SCHEME, {
    provideTextDocumentContent: async ({ path }) => {
      pages ??= readPages(vscode.Uri.joinPath(extension, "dist", "pages.json"));
      const name = path.slice(path.lastIndexOf("/") + 1);
      return (await pages).get(name) ?? `There is no page \`${name}\`.\n`;
    },
  });
}

async function readPages(from: vscode.Uri): Promise<ReadonlyMap<string, string>> {
  const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(from));
  return new Map(Object.entries(JSON.parse(text) as Readonly<Record<string, string>>));
}
