/** Open documents. Promises: the service's texts are the editor's after each message; every change of text is told on. */
import type { TextDocumentContentChangeEvent } from "vscode-languageserver";
import type { Edit } from "../service/answers.ts";
import type { Session } from "./session.ts";

export type Documents = { readonly versionOf: (uri: string) => number | undefined };

type Told = {
  readonly opened: (path: string) => void;
  readonly changed: (edit?: Edit) => void;
  readonly closed: (uri: string) => void;
};

export function documents(session: Omit<Session, "versionOf" | "client" | "settings">, { opened, changed, closed }: Told): Documents {
  const { connection, service, paths } = session;
  const versions = new Map<string, number>();
  connection.onDidOpenTextDocument(({ textDocument: { uri, version, text } }) => {
    versions.set(uri, version);
    paths.keep(uri);
    service.open(paths.pathOf(uri), text);
    opened(paths.pathOf(uri));
    changed();
  });
  connection.onDidChangeTextDocument(({ textDocument: { uri, version }, contentChanges }) => {
    versions.set(uri, version);
    for (const change of contentChanges) changed(applied(uri, change, session));
  });
  connection.onDidCloseTextDocument(({ textDocument: { uri } }) => {
    versions.delete(uri);
    service.close(paths.pathOf(uri));
    paths.forget(uri);
    closed(uri);
    changed();
  });
  // Editors that watch no files at least say what they saved themselves.
  connection.onDidSaveTextDocument(({ textDocument: { uri } }) => {
    service.changedOnDisk([paths.pathOf(uri)]);
    changed();
  });
  return { versionOf: (uri) => versions.get(uri) };
}

/** Positions of a change are those of the text that the change before it left. */
function applied(
  uri: string,
  change: TextDocumentContentChangeEvent,
  { service, paths, convert }: Omit<Session, "versionOf" | "client" | "settings">,
): Edit {
  const path = paths.pathOf(uri);
  const whole = { path, start: 0, end: service.source(path)?.text.length ?? 0 };
  const range = "range" in change ? convert.range(uri, change.range) : whole;
  const edit = { ...range, text: change.text };
  service.edit(path, [edit]);
  return edit;
}
