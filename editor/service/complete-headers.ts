/** Names of header fields, inside quotes: those that the program names, before those that most programs meet. */
import type { Call, Term, TextNode } from "../../grammar/ast.ts";
import { visit } from "../../grammar/index.ts";
import type { SyntaxNode } from "../../grammar/visit.ts";
import type { Candidate } from "./candidate.ts";
import type { CompletionPlace } from "./completion-place.ts";

/** Of the registry of field names (RFC 9110 section 18.4), what rules ask about and gateways set. */
const USUAL = [
  "Accept",
  "Accept-Language",
  "Cache-Control",
  "Content-Security-Policy",
  "Content-Type",
  "If-Match",
  "If-None-Match",
  "Origin",
  "Referer",
  "Referrer-Policy",
  "Retry-After",
  "Sec-Fetch-Site",
  "Strict-Transport-Security",
  "User-Agent",
  "X-Content-Type-Options",
  "X-Frame-Options",
] as const;

/** Whether the quotes at the cursor hold such a name: `header("...")`, `headers("...")`, `set header "..."`. */
export function isHeaderName({ open, entry }: CompletionPlace): boolean {
  const inner = open.at(-1);
  const callee = inner?.bracket === "(" ? inner.head.at(-1)?.text : undefined;
  if (callee !== undefined && entry.length === 0) return callee === "header" || callee === "headers";
  return entry.at(-1)?.text === "header" && entry.some(({ text }) => text === "set");
}

/** The name that is being written is none yet. */
export function headerNames({ seen, text }: CompletionPlace): readonly Candidate[] {
  const named = new Map<string, string>();
  for (const { tree } of seen.quick.bound.loaded.files)
    visit(tree, (node) => {
      const name = nameIn(node);
      if (name !== undefined && name.span.start !== text?.start) named.set(name.value.toLowerCase(), name.value);
      return true;
    });
  const others = USUAL.filter((name) => !named.has(name.toLowerCase()));
  return [
    ...[...named.values()].map((label): Candidate => ({ label, kind: "value", rank: 1 })),
    ...others.map((label): Candidate => ({ label, kind: "value", rank: 2 })),
  ];
}

function nameIn(node: SyntaxNode): TextNode | undefined {
  if (node.kind === "call") return asked(node);
  return node.kind === "statement" && node.word.name === "set" ? set(node.phrase.terms) : undefined;
}

function asked({ callee, arguments: given }: Call): TextNode | undefined {
  const term = given[0]?.value.terms[0];
  const isAsking = callee.kind === "name" && (callee.name === "header" || callee.name === "headers");
  return isAsking && term?.kind === "text" ? term : undefined;
}

function set(terms: readonly Term[]): TextNode | undefined {
  const at = terms.findIndex((term) => term.kind === "name" && term.name === "header");
  const name = at < 0 ? undefined : terms[at + 1];
  return name?.kind === "text" ? name : undefined;
}
