/**
 * Findings as the editor shows them, pushed. Promises: after each change the first pass, at once; after a pause all of it; before the first of
 * all, what the text of an open file shows by itself; a file whose findings are as they were is not sent again.
 */
import { type Diagnostic, DiagnosticSeverity, DiagnosticTag, type PublishDiagnosticsParams, ResponseError } from "vscode-languageserver";
import type { Edit, Finding, Findings } from "../service/answers.ts";
import { afterEdit, lateFindings, withLate } from "./late-findings.ts";
import { withProgress } from "./progress.ts";
import { answer, type Session } from "./session.ts";

export type Diagnostics = {
  /** Something changed; `edit` where it was one in an open document. */
  readonly changed: (edit?: Edit) => void;
  /** A document was opened. */
  readonly opened: (path: string) => void;
  readonly stop: () => void;
};

/** Milliseconds in which several messages of the editor are one change: typing sends some in a row, and a keystroke is to be answered within 50. */
const TOGETHER = 4;

const SEVERITIES: Readonly<Record<Finding["severity"], DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  note: DiagnosticSeverity.Information,
};
const TAGS = { unused: DiagnosticTag.Unnecessary, deprecated: DiagnosticTag.Deprecated } as const;

export function diagnostics(session: Session, checked: () => void): Diagnostics {
  const { service } = session;
  const sent = new Map<string, string>();
  let late: Findings = new Map();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let round = 0;
  let isFirst = true;

  const publish = (findings: Findings): void => {
    for (const path of sent.keys()) if (!findings.has(path)) send(path, [], session, sent);
    for (const [path, found] of findings) send(path, found, session, sent);
  };
  const take = async (ask: Promise<Findings | ResponseError>, mine: number): Promise<Findings | undefined> => {
    const findings = await ask;
    return findings instanceof Map && mine === round ? findings : undefined;
  };
  const check = async (mine: number): Promise<void> => {
    const cancellation = { isCancelled: () => mine !== round };
    const quick = await take(
      answer(session, service.quickFindings(cancellation), (found) => found),
      mine,
    );
    if (quick === undefined) return;
    isFirst = false;
    publish(withLate(quick, late));
    await pause(session.settings().pause, cancellation);
    if (cancellation.isCancelled()) return;
    const all = await withProgress(session, "Checking", () =>
      take(
        answer(session, service.allFindings(cancellation), (found) => found),
        mine,
      ),
    );
    if (all === undefined) return;
    late = lateFindings(quick, all);
    publish(all);
    checked();
  };
  const alone = async (path: string): Promise<void> => {
    if (!isFirst) return;
    const found = await answer(session, service.syntaxFindings(path), (findings) => findings);
    if (isFirst && !(found instanceof ResponseError)) send(path, found, session, sent);
  };
  return {
    changed: (edit) => {
      if (edit !== undefined) {
        late = afterEdit(late, edit);
        // The editor has moved what it shows by itself, perhaps not to where it belongs.
        if (sent.has(edit.path)) sent.set(edit.path, "moved");
      }
      round += 1;
      const mine = round;
      clearTimeout(timer);
      timer = setTimeout(() => void check(mine), TOGETHER);
    },
    opened: (path) => void alone(path),
    stop: () => {
      round += 1;
      clearTimeout(timer);
    },
  };
}

/** Shorter where it is cancelled: nothing is left that keeps a process from ending. */
async function pause(milliseconds: number, { isCancelled }: { readonly isCancelled: () => boolean }): Promise<void> {
  const end = performance.now() + milliseconds;
  while (performance.now() < end && !isCancelled()) await new Promise((done) => setTimeout(done, Math.min(25, milliseconds)));
}

function send(path: string, findings: readonly Finding[], session: Session, sent: Map<string, string>): void {
  const { connection, paths, versionOf } = session;
  const uri = paths.uriOf(path);
  const shown = findings.map((finding) => diagnostic(finding, session));
  const text = JSON.stringify(shown);
  if ((sent.get(path) ?? "[]") === text) return;
  if (shown.length === 0) sent.delete(path);
  else sent.set(path, text);
  const version = versionOf(uri);
  const params: PublishDiagnosticsParams = { uri, diagnostics: shown, ...(version === undefined ? {} : { version }) };
  void connection.sendDiagnostics(params);
}

function diagnostic(finding: Finding, { convert, client }: Session): Diagnostic {
  const { code, severity, message, help, range, label, related, tags } = finding;
  const { pages } = client();
  const more = related.map((one) => ({ location: convert.location(one.range), message: one.message }));
  return {
    range: convert.lineRange(range),
    severity: SEVERITIES[severity],
    code,
    ...(pages === undefined ? {} : { codeDescription: { href: `${pages}${code}.md` } }),
    source: "gwl",
    message: [label === undefined ? message : `${message}: ${label}`, ...(help === undefined ? [] : [`help: ${help}`])].join("\n"),
    ...(tags.length === 0 ? {} : { tags: tags.map((tag) => TAGS[tag]) }),
    ...(more.length === 0 ? {} : { relatedInformation: more }),
  };
}
