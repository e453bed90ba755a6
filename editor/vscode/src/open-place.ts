/** Ways from the panel and from code lenses into the text. */
import * as vscode from "vscode";
import type { Location } from "vscode-languageclient";

/** Shows a place, in the editor that is used already. */
export async function open(
  { uri, range: { start, end } }: Location,
  { preserveFocus }: { readonly preserveFocus: boolean },
): Promise<void> {
  const selection = new vscode.Range(start.line, start.character, end.line, end.character);
  const editor = await vscode.window.showTextDocument(vscode.Uri.parse(uri), {
    preserveFocus,
    selection: new vscode.Range(selection.start, selection.start),
    viewColumn: vscode.window.activeTextEditor?.viewColumn ?? vscode.ViewColumn.Active,
  });
  editor.revealRange(selection, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}
