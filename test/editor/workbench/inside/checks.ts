/** Runs inside the extension host. The only way out is a file in the workspace. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import * as vscode from "vscode";

export type InsideResult = { readonly name: string; readonly failure?: string };

type Check = readonly [name: string, run: () => Promise<void>];

const root = (): vscode.Uri => vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file("/");
const uri = (file: string): vscode.Uri => vscode.Uri.joinPath(root(), file);

async function until<T>(what: string, probe: () => T | undefined | Promise<T | undefined>): Promise<T> {
  for (const end = Date.now() + 20_000; Date.now() < end; ) {
    const found = await probe();
    if (found !== undefined) return found;
    await new Promise((done) => setTimeout(done, 30));
  }
  throw new Error(`waited for ${what}`);
}

async function place(file: string, text: string, behind = 0): Promise<readonly [vscode.Uri, vscode.Position]> {
  const document = await vscode.workspace.openTextDocument(uri(file));
  const at = document.getText().indexOf(text);
  ok(at >= 0, `${file} has no ${text}`);
  return [document.uri, document.positionAt(at + behind)];
}

const ask = async <T>(command: string, ...given: readonly unknown[]): Promise<T> =>
  await vscode.commands.executeCommand<T>(command, ...given);
const textOf = (hovers: readonly vscode.Hover[]): string =>
  hovers.flatMap(({ contents }) => contents.map((content) => (typeof content === "string" ? content : content.value))).join("\n");

const CHECKS: readonly Check[] = [
  [
    "what runs is the packed extension",
    async () => {
      const extension = vscode.extensions.getExtension("gwl.gwl");
      ok(extension !== undefined && !extension.extensionPath.includes("editor/vscode"), extension?.extensionPath);
      await extension.activate();
    },
  ],
  [
    "findings of files that are not open, with links and related places",
    async () => {
      const found = await until("findings", () => {
        const all = vscode.languages.getDiagnostics(uri("broken/broken.gwl"));
        return all.length === 3 ? all : undefined;
      });
      deepEqual(
        found.map(({ code }) => String(typeof code === "object" ? code.value : code)).toSorted((a, b) => a.localeCompare(b)),
        ["GWL2061", "GWL2202", "GWL3104"],
      );
      ok(found.every(({ code }) => typeof code === "object" && code.target.scheme === "gwl-page"));
    },
  ],
  [
    "the page of a code is a document",
    async () => {
      const page = await vscode.workspace.openTextDocument(vscode.Uri.parse("gwl-page:/GWL3104.md"));
      match(page.getText(), /host-bits-set/);
    },
  ],
  [
    "hovering a route says who may call it",
    async () => match(textOf(await ask("vscode.executeHoverProvider", ...(await place("gateway.gwl", 'DELETE "/{id')))), /User/),
  ],
  [
    "completion knows the place",
    async () => {
      const list = await ask<vscode.CompletionList>(
        "vscode.executeCompletionItemProvider",
        ...(await place("gateway.gwl", "principal.admin", 10)),
        ".",
      );
      const labels = list.items.map(({ label }) => (typeof label === "string" ? label : label.label));
      for (const name of ["admin", "tenant", "id"]) ok(labels.includes(name), labels.join());
      ok(!labels.includes("gateway"));
    },
  ],
  [
    "definition, references and implementation lead across files",
    async () => {
      const [document, position] = await place("gateway.gwl", "inside(net");
      const uses = await ask<readonly vscode.Location[]>("vscode.executeReferenceProvider", document, position);
      equal(uses.length, 2);
      const applied = await ask<readonly vscode.Location[]>("vscode.executeImplementationProvider", document, position);
      ok(applied.length >= 1);
      const [definition] = await ask<readonly (vscode.Location | vscode.LocationLink)[]>(
        "vscode.executeDefinitionProvider",
        ...(await place("gateway.gwl", '} from "./networks.gwl"', -3)),
      );
      const target = definition && ("targetUri" in definition ? definition.targetUri : definition.uri);
      ok(target?.path.endsWith("networks.gwl"), String(target));
    },
  ],
  [
    "outline, folds, links, selection",
    async () => {
      const document = uri("gateway.gwl");
      const symbols = await ask<readonly vscode.DocumentSymbol[]>("vscode.executeDocumentSymbolProvider", document);
      ok(symbols.some(({ children }) => children.length > 0));
      ok((await ask<readonly vscode.FoldingRange[]>("vscode.executeFoldingRangeProvider", document)).length >= 4);
      ok((await ask<readonly vscode.DocumentLink[]>("vscode.executeLinkProvider", document)).length >= 1);
      const [, position] = await place("gateway.gwl", "principal.admin");
      const [selection] = await ask<readonly vscode.SelectionRange[]>("vscode.executeSelectionRangeProvider", document, [position]);
      ok(selection?.parent !== undefined);
    },
  ],
  [
    "semantic tokens and inlay hints",
    async () => {
      const document = uri("gateway.gwl");
      const tokens = await ask<vscode.SemanticTokens | undefined>("vscode.provideDocumentSemanticTokens", document);
      ok((tokens?.data.length ?? 0) > 50);
      const hints = await ask<readonly vscode.InlayHint[]>("vscode.executeInlayHintProvider", document, new vscode.Range(0, 0, 60, 0));
      ok(hints.length >= 1);
    },
  ],
  [
    "who uses a policy, as calls",
    async () => {
      const [item] = await ask<readonly vscode.CallHierarchyItem[]>(
        "vscode.prepareCallHierarchy",
        ...(await place("gateway.gwl", "inside(net")),
      );
      ok(item !== undefined);
      const incoming = await ask<readonly vscode.CallHierarchyIncomingCall[]>("vscode.provideIncomingCalls", item);
      ok(incoming.length >= 1);
    },
  ],
  [
    "symbols of the workspace",
    async () => {
      const found = await ask<readonly vscode.SymbolInformation[]>("vscode.executeWorkspaceSymbolProvider", "inside");
      ok(found.some(({ name }) => name.includes("inside")));
    },
  ],
  [
    "an unsaved text changes what other files are told",
    async () => {
      const document = await vscode.workspace.openTextDocument(uri("networks.gwl"));
      const name = /network (\w+)/.exec(document.getText())?.[1] ?? "";
      const at = document.getText().indexOf(name);
      const edit = new vscode.WorkspaceEdit();
      edit.replace(document.uri, new vscode.Range(document.positionAt(at), document.positionAt(at + name.length)), "elsewhere");
      await vscode.workspace.applyEdit(edit);
      await until("a finding in the file that imports it", () =>
        vscode.languages.getDiagnostics(uri("gateway.gwl")).some(({ severity }) => severity === vscode.DiagnosticSeverity.Error)
          ? true
          : undefined,
      );
      const back = new vscode.WorkspaceEdit();
      back.replace(document.uri, new vscode.Range(document.positionAt(at), document.positionAt(at + "elsewhere".length)), name);
      await vscode.workspace.applyEdit(back);
      await until("none", () =>
        vscode.languages.getDiagnostics(uri("gateway.gwl")).some(({ severity }) => severity === vscode.DiagnosticSeverity.Error)
          ? undefined
          : true,
      );
    },
  ],
  [
    "a list that changes on disk is read again",
    async () => {
      const program = uri("listed.gwl");
      const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
      await vscode.workspace.fs.writeFile(uri("blocked.txt"), encode("203.0.113.0/24\n"));
      await vscode.workspace.fs.writeFile(program, encode('gwl 1\n\nnetwork blocked from "blocked.txt"\n'));
      const count = (): number =>
        vscode.languages.getDiagnostics(program).filter(({ severity }) => severity === vscode.DiagnosticSeverity.Error).length;
      await vscode.workspace.fs.writeFile(uri("blocked.txt"), encode("203.0.113.0/24\nno address\n"));
      await until("a finding in the list", () => (count() > 0 ? true : undefined));
      await vscode.workspace.fs.writeFile(uri("blocked.txt"), encode("203.0.113.0/24\n"));
      await until("none", () => (count() === 0 ? true : undefined));
    },
  ],
];

export async function run(): Promise<void> {
  const results: InsideResult[] = [];
  for (const [name, check] of CHECKS) {
    try {
      await check();
      results.push({ name });
    } catch (fault) {
      results.push({ name, failure: fault instanceof Error ? fault.message : String(fault) });
    }
  }
  writeFileSync(join(root().fsPath, ".checks.json"), JSON.stringify(results));
}
