/** `KIND(STORE)`: the secret in which the callers of an identity stand. */
import type { Call } from "../../../../grammar/ast.ts";
import { finding } from "../../../../grammar/source/diagnostic.ts";
import type { CheckContext } from "../../../check/context.ts";
import type { SecretKind } from "../../../model/program.ts";
import { foundTerm } from "../../terms.ts";
import { storeExpected, wrongStore } from "./identity.diagnostics.ts";

type Store = { readonly kind: string; readonly type: string; readonly secret: SecretKind };

/** The secret's name; undefined after a finding. */
export function readStore(call: Call, { kind, type, secret }: Store, context: CheckContext): string | undefined {
  const [argument, ...more] = call.arguments;
  const [store, ...rest] = argument?.name === undefined ? (argument?.value.terms ?? []) : [];
  if (store?.kind !== "name" || more.length + rest.length > 0) {
    const found = store?.kind === "name" ? "more than that" : foundTerm(store, context.written(store?.span ?? call.span, 40));
    context.report(finding(storeExpected, store?.span ?? call.span, { kind, type, found }));
    return undefined;
  }
  const meant = context.resolve("secret", store);
  if (meant !== undefined && meant.kind !== secret) {
    const related = [{ span: meant.span, message: `\`${meant.name}\` is declared here` }];
    context.report(finding(wrongStore, store.span, { secret: meant.name, type }, related));
  }
  return meant?.name;
}
