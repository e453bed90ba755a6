/** Small signs. Promises: each differs by its form, not by its colour alone, and says its meaning to who does not see it. */
import { shape, type Shape } from "./shape.ts";

/** `passed`: nothing was decided, and it went on. */
export type Mark = "allowed" | "denied" | "depends" | "passed" | "passed over";

const FORMS: Readonly<Record<Mark, string>> = {
  allowed: "M -3.5 0 L -1 2.8 L 3.8 -2.8",
  denied: "M -3 -3 L 3 3 M 3 -3 L -3 3",
  depends: "M -2.4 -1.6 A 2.4 2.4 0 1 1 0.6 0.7 L 0 1.4 M 0 3.6 L 0 3.7",
  passed: "M 0 0 L 0 0.1",
  "passed over": "M -3 0 L 3 0",
};

/** Round, about its middle. */
export function mark(kind: Mark, x: number, y: number): Shape {
  return shape(
    "g",
    { class: `mark ${kind.replace(" ", "-")}`, transform: `translate(${x} ${y})`, "aria-hidden": "true" },
    shape("circle", { r: 7 }),
    shape("path", { d: FORMS[kind] }),
  );
}
