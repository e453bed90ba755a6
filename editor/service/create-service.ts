/** The service made of its features. Promises: an exception ends in the answer that it was asked for, a cancelled request in one that says so. */
import type { Answer } from "./answers.ts";
import { documentLinks } from "./document-links.ts";
import { allFindings, quickFindings, syntaxFindings } from "./findings.ts";
import { format, formatOnType, formatRange } from "./format.ts";
import { type Cancellation, type EditorHost, NEVER_CANCELLED } from "./host.ts";
import { hover } from "./hover.ts";
import { definition, highlights, references, typeDefinition } from "./navigation.ts";
import type { Breath } from "./program-view.ts";
import type { Service } from "./service.ts";
import { documentSymbols, workspaceSymbols } from "./symbols.ts";
import { workspace } from "./workspace.ts";

/** What is answered so far; the rest of `Service` is on its way. */
export type ServiceSoFar = Pick<
  Service,
  | "setRoots"
  | "open"
  | "edit"
  | "close"
  | "changedOnDisk"
  | "source"
  | "syntaxFindings"
  | "quickFindings"
  | "allFindings"
  | "hover"
  | "format"
  | "formatRange"
  | "formatOnType"
  | "definition"
  | "typeDefinition"
  | "references"
  | "highlights"
  | "documentSymbols"
  | "workspaceSymbols"
  | "documentLinks"
>;

export function createService(host: EditorHost): ServiceSoFar {
  const space = workspace(host);
  const { setRoots, open, edit, close, changedOnDisk, source } = space.texts;
  const ask = answering(host);
  return {
    setRoots,
    open,
    edit,
    close,
    changedOnDisk,
    source,
    syntaxFindings: (path, token) => ask(token, () => syntaxFindings(space, path)),
    quickFindings: (token) => ask(token, (breath) => quickFindings(space, breath)),
    allFindings: (token) => ask(token, (breath) => allFindings(space, breath)),
    hover: (spot, token) => ask(token, (breath) => hover(space, spot, breath)),
    format: (path, token) => ask(token, () => format(space, path)),
    formatRange: (range, token) => ask(token, () => formatRange(space, range)),
    formatOnType: (spot, character, token) => ask(token, () => formatOnType(space, spot, character)),
    definition: (spot, token) => ask(token, (breath) => definition(space, spot, breath)),
    typeDefinition: (spot, token) => ask(token, (breath) => typeDefinition(space, spot, breath)),
    references: (spot, withDeclaration, token) => ask(token, (breath) => references(space, spot, withDeclaration, breath)),
    highlights: (spot, token) => ask(token, (breath) => highlights(space, spot, breath)),
    documentSymbols: (path, token) => ask(token, (breath) => documentSymbols(space, path, breath)),
    workspaceSymbols: (query, token) => ask(token, (breath) => workspaceSymbols(space, query, breath)),
    documentLinks: (path, token) => ask(token, (breath) => documentLinks(space, path, breath)),
  };
}

const CANCELLED = Symbol("cancelled");

type Asking = <T>(token: Cancellation | undefined, answer: (breath: Breath) => T | Promise<T>) => Promise<Answer<T>>;

/** The one door that every request goes through. */
function answering(host: EditorHost): Asking {
  return async (token = NEVER_CANCELLED, answer) => {
    const breath: Breath = async () => {
      await host.pause();
      if (token.isCancelled()) throw CANCELLED;
    };
    try {
      return { ok: true, value: await answer(breath) };
    } catch (error) {
      if (error === CANCELLED) return { ok: false, why: "cancelled" };
      return { ok: false, why: "fault", message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
    }
  };
}
