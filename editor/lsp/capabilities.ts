/** What this server says that it can. Promises: exactly what `requests` handle, and nothing that the client did not ask for. */
import { CodeActionKind, type ServerCapabilities, TextDocumentSyncKind } from "vscode-languageserver";
import { SEMANTIC_MODIFIERS, SEMANTIC_TYPES } from "../service/answers.ts";
import type { Client } from "./client.ts";
import { COMMANDS } from "./commands.ts";

export function capabilities(client: Client): ServerCapabilities {
  return {
    positionEncoding: "utf-16",
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
    completionProvider: { triggerCharacters: [".", '"', "(", "[", "{", "<", ":", "/"], resolveProvider: client.asksForDocumentation },
    signatureHelpProvider: { triggerCharacters: ["(", ","] },
    hoverProvider: true,
    definitionProvider: true,
    typeDefinitionProvider: true,
    implementationProvider: true,
    referencesProvider: true,
    documentHighlightProvider: true,
    documentSymbolProvider: true,
    workspaceSymbolProvider: true,
    callHierarchyProvider: true,
    foldingRangeProvider: true,
    selectionRangeProvider: true,
    documentLinkProvider: {},
    documentFormattingProvider: true,
    documentRangeFormattingProvider: true,
    documentOnTypeFormattingProvider: { firstTriggerCharacter: "}", moreTriggerCharacter: ["\n"] },
    renameProvider: { prepareProvider: true },
    codeActionProvider: client.takesLiteralActions
      ? {
          codeActionKinds: [
            CodeActionKind.QuickFix,
            CodeActionKind.RefactorExtract,
            CodeActionKind.RefactorRewrite,
            CodeActionKind.SourceFixAll,
            CodeActionKind.SourceOrganizeImports,
          ],
        }
      : false,
    codeLensProvider: {},
    inlayHintProvider: true,
    semanticTokensProvider: {
      legend: { tokenTypes: [...SEMANTIC_TYPES], tokenModifiers: [...SEMANTIC_MODIFIERS] },
      full: { delta: true },
      range: true,
    },
    ...(client.runsCommands ? {} : { executeCommandProvider: { commands: Object.values(COMMANDS) } }),
    ...(client.canTellFolders ? { workspace: { workspaceFolders: { supported: true, changeNotifications: true } } } : {}),
  };
}
