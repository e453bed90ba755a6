/** What the panel and the extension tell each other. Plain data, both ways. */
import type { CallForm, DecisionTable, RouteTree, TriedAnswer, TriedCall } from "../../lsp/extra.ts";
import type { Place } from "./shape.ts";

export type ToPanel =
  | {
      readonly kind: "program";
      readonly tree: RouteTree | null;
      readonly form: CallForm | null;
    }
  | { readonly kind: "cursor"; readonly uri: string; readonly line: number; readonly table: DecisionTable | null }
  | { readonly kind: "answer"; readonly answer: TriedAnswer }
  /** The editor asks for the form, filled for a route. */
  | { readonly kind: "focus" };

export type FromPanel =
  | { readonly kind: "ready" }
  | { readonly kind: "open"; readonly place: Place }
  | { readonly kind: "try"; readonly call: TriedCall };
