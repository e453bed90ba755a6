/** What the editor at the other end can do, and how it wants to be served. Promises: nothing is sent that it did not say it takes. */
import type { InitializeParams } from "vscode-languageserver";

export type Client = {
  readonly roots: readonly string[];
  readonly canWatchFiles: boolean;
  readonly canAnswerConfiguration: boolean;
  readonly canTellFolders: boolean;
  readonly canShowProgress: boolean;
  readonly canRefreshInlayHints: boolean;
  readonly canRefreshCodeLenses: boolean;
  readonly canRefreshColours: boolean;
  readonly canVersionEdits: boolean;
  readonly canNestSymbols: boolean;
  readonly takesSnippets: boolean;
  /** It asks for the documentation of a completion when it shows it. */
  readonly asksForDocumentation: boolean;
  readonly takesLiteralActions: boolean;
  /** It runs `gwl.runTest` and `gwl.explainRoute` itself, with views of its own. */
  readonly runsCommands: boolean;
  /** What stands before `GWL3104` in the address of that code's page; without it, codes have no links. */
  readonly pages: string | undefined;
};

/** `initializationOptions` of editors that show more than the protocol has. */
export type Options = { readonly runsCommands?: boolean; readonly pages?: string };

export function clientOf({ capabilities, workspaceFolders, rootUri, initializationOptions }: InitializeParams): Client {
  const { workspace, textDocument, window } = capabilities;
  const options: Options = typeof initializationOptions === "object" && initializationOptions !== null ? initializationOptions : {};
  return {
    roots: workspaceFolders?.map(({ uri }) => uri) ?? (rootUri === null ? [] : [rootUri]),
    canWatchFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    canAnswerConfiguration: workspace?.configuration === true,
    canTellFolders: workspace?.workspaceFolders === true,
    canShowProgress: window?.workDoneProgress === true,
    canRefreshInlayHints: workspace?.inlayHint?.refreshSupport === true,
    canRefreshCodeLenses: workspace?.codeLens?.refreshSupport === true,
    canRefreshColours: workspace?.semanticTokens?.refreshSupport === true,
    canVersionEdits: workspace?.workspaceEdit?.documentChanges === true,
    canNestSymbols: textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport === true,
    takesSnippets: textDocument?.completion?.completionItem?.snippetSupport === true,
    asksForDocumentation: textDocument?.completion?.completionItem?.resolveSupport?.properties.includes("documentation") === true,
    takesLiteralActions: textDocument?.codeAction?.codeActionLiteralSupport !== undefined,
    runsCommands: options.runsCommands === true,
    pages: typeof options.pages === "string" ? options.pages : undefined,
  };
}
