/**
 * Names that stand in text which could not be read. Promises: says of a finding that misses something whether what it misses stands there,
 * and so was not read rather than not written. Must not know: words of the language.
 */
import type { Diagnostic } from "../../grammar/source/diagnostic.ts";
import type { Span } from "../../grammar/source/span.ts";

const NAMES = /[A-Za-z_]\w*/g;
const namesIn = (text: string): readonly string[] => text.match(NAMES) ?? [];
/** Identities and types are written so; without identities nobody knows a caller. */
const isCapital = (name: string): boolean => /^[A-Z]/.test(name);

export type Unread = {
  readonly torn: readonly Span[];
  readonly diagnostics: readonly Diagnostic[];
  readonly textAt: (span: Span) => string;
  readonly statementOf: (found: Diagnostic) => Span | undefined;
};

/** Whether a finding misses what stands in text that was not read. */
export function missedIn({ torn, diagnostics, textAt, statementOf }: Unread): (found: Diagnostic) => boolean {
  const of = (...roles: readonly Diagnostic["role"][]): readonly Diagnostic[] => diagnostics.filter(({ role }) => roles.includes(role));
  const names = (found: readonly Diagnostic[]): readonly string[] =>
    found.flatMap((one) => [...namesIn(textAt(statementOf(one) ?? one.span)), ...namesIn(lastQuoted(one.help ?? ""))]);
  const unread = new Set([...torn.flatMap((part) => namesIn(textAt(part))), ...names(of("unread"))]);
  const missing = new Set([...unread, ...names(of("missed-import"))]);
  const underlined = of("missed").flatMap(({ span }) => namesIn(textAt(span)));
  if ([...missing, ...underlined].some(isCapital)) missing.add("principal");
  return ({ role, message, span }) => {
    const text = textAt(span);
    const missed = [...namesIn(lastQuoted(message)), ...(/^[\w.]+$/.test(text) ? namesIn(text) : [])];
    return (
      (role === "missed" && missed.some((name) => missing.has(name))) ||
      (role === "missed-import" && missed.some((name) => unread.has(name)))
    );
  };
}

/** Findings name in the end what they are about, and help what was meant. */
const lastQuoted = (text: string): string => [...text.matchAll(/`([^`]*)`/g)].at(-1)?.[1] ?? "";
