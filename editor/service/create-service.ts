/** The service made of its features. Promises: an exception ends in the answer that it was asked for, a cancelled request in one that says so. */
import type { Answer } from "./answers.ts";
import { codeActions, fixAll } from "./code-actions.ts";
import { codeLenses } from "./code-lenses.ts";
import { completions } from "./completion.ts";
import { decisionTable } from "./decision-table.ts";
import { documentLinks } from "./document-links.ts";
import { allFindings, quickFindings, syntaxFindings } from "./findings.ts";
import { foldings, selectionRanges } from "./folding.ts";
import { format, formatOnType, formatRange } from "./format.ts";
import { type Cancellation, type EditorHost, NEVER_CANCELLED } from "./host.ts";
import { hover } from "./hover.ts";
import { inlayHints } from "./inlay-hints.ts";
import { definition, highlights, references, typeDefinition } from "./navigation.ts";
import { organizeImports } from "./organize-imports.ts";
import { callItem, implementation, incomingCalls, outgoingCalls } from "./policy-uses.ts";
import type { Breath } from "./program-view.ts";
import { rename, renameable } from "./rename.ts";
import { routeTree } from "./route-tree.ts";
import { semanticTokens } from "./semantic-tokens.ts";
import type { Changing, Diagnosing, Moving, Service, Texts, Typing, Understanding } from "./service.ts";
import { signature } from "./signature.ts";
import { documentSymbols, workspaceSymbols } from "./symbols.ts";
import { runTests, tests } from "./tests.ts";
import { callForm, tryRequest } from "./try-request.ts";
import { type Workspace, workspace } from "./workspace.ts";

export function createService(host: EditorHost): Service {
  const space = workspace(host);
  const ask = answering(host);
  const { setRoots, open, edit, close, changedOnDisk, source } = space.texts;
  const texts: Texts = { setRoots, open, edit, close, changedOnDisk, source };
  return {
    ...texts,
    ...diagnosing(space, ask, host),
    ...typing(space, ask),
    ...moving(space, ask),
    ...changing(space, ask),
    ...understanding(space, ask),
  };
}

function diagnosing(space: Workspace, ask: Asking, host: EditorHost): Diagnosing {
  return {
    page: (code) => host.page?.(code),
    syntaxFindings: (path, token) => ask(token, () => syntaxFindings(space, path)),
    quickFindings: (token) => ask(token, (breath) => quickFindings(space, breath)),
    allFindings: (token) => ask(token, (breath) => allFindings(space, breath)),
  };
}

function typing(space: Workspace, ask: Asking): Typing {
  return {
    completions: (spot, token) => ask(token, (breath) => completions(space, spot, breath)),
    signature: (spot, token) => ask(token, (breath) => signature(space, spot, breath)),
    hover: (spot, token) => ask(token, (breath) => hover(space, spot, breath)),
    inlayHints: (range, patience, token) => ask(token, (breath) => inlayHints(space, range, patience, breath)),
    semanticTokens: (path, token) => ask(token, (breath) => semanticTokens(space, path, breath)),
    format: (path, token) => ask(token, () => format(space, path)),
    formatRange: (range, token) => ask(token, () => formatRange(space, range)),
    formatOnType: (spot, character, token) => ask(token, () => formatOnType(space, spot, character)),
  };
}

function moving(space: Workspace, ask: Asking): Moving {
  return {
    definition: (spot, token) => ask(token, (breath) => definition(space, spot, breath)),
    typeDefinition: (spot, token) => ask(token, (breath) => typeDefinition(space, spot, breath)),
    implementation: (spot, token) => ask(token, (breath) => implementation(space, spot, breath)),
    references: (spot, withDeclaration, token) => ask(token, (breath) => references(space, spot, withDeclaration, breath)),
    highlights: (spot, token) => ask(token, (breath) => highlights(space, spot, breath)),
    documentSymbols: (path, token) => ask(token, (breath) => documentSymbols(space, path, breath)),
    workspaceSymbols: (query, token) => ask(token, (breath) => workspaceSymbols(space, query, breath)),
    callItem: (spot, token) => ask(token, (breath) => callItem(space, spot, breath)),
    incomingCalls: (selection, token) => ask(token, (breath) => incomingCalls(space, selection, breath)),
    outgoingCalls: (selection, token) => ask(token, (breath) => outgoingCalls(space, selection, breath)),
    foldings: (path, token) => ask(token, (breath) => foldings(space, path, breath)),
    selectionRanges: (path, offsets, token) => ask(token, (breath) => selectionRanges(space, path, offsets, breath)),
    documentLinks: (path, token) => ask(token, (breath) => documentLinks(space, path, breath)),
  };
}

function changing(space: Workspace, ask: Asking): Changing {
  return {
    renameable: (spot, token) => ask(token, (breath) => renameable(space, spot, breath)),
    rename: (spot, name, token) => ask(token, (breath) => rename(space, spot, name, breath)),
    codeActions: (range, token) => ask(token, (breath) => codeActions(space, range, breath)),
    fixAll: (path, token) => ask(token, (breath) => fixAll(space, path, breath)),
    organizeImports: (path, token) => ask(token, (breath) => organizeImports(space, path, breath)),
  };
}

function understanding(space: Workspace, ask: Asking): Understanding {
  return {
    codeLenses: (path, patience, token) => ask(token, (breath) => codeLenses(space, path, patience, breath)),
    tests: (token) => ask(token, (breath) => tests(space, breath)),
    runTests: (ids, onDone = () => undefined, token) => ask(token, (breath) => runTests(space, ids, onDone, breath)),
    routeTree: (path, token) => ask(token, (breath) => routeTree(space, path, breath)),
    decisionTable: (spot, token) => ask(token, (breath) => decisionTable(space, spot, breath)),
    callForm: (path, token) => ask(token, (breath) => callForm(space, path, breath)),
    tryRequest: (path, call, token) => ask(token, (breath) => tryRequest(space, path, call, breath)),
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
