/** An expectation that names nobody in the program cannot be met; it is misspelt or out of date. */
import { finding, type Diagnostic } from "../../../grammar/source/diagnostic.ts";
import { didYouMean } from "../did-you-mean.ts";
import { idleExpectation } from "./access.diagnostics.ts";
import type { Survey } from "./rules-in-force.ts";

export function checkIdleExpectations({ program }: Survey): readonly Diagnostic[] {
  const reasons = new Set(program.sites.flatMap(({ because }) => (because === undefined ? [] : [JSON.stringify(because)])));
  return program.tests.flatMap(({ expect: { by }, span }) => {
    if (by === undefined || by === "default" || by.sites.length + by.uses.length > 0) return [];
    return [
      finding(idleExpectation, span, { label: by.label, meant: by.label.startsWith('"') ? didYouMean(by.label, reasons) : undefined }),
    ];
  });
}
