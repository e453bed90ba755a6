import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { compile } from "../../compiler/index.ts";
import { readFences } from "../../compiler/diagnostics/page.ts";
import { renderText } from "../../compiler/diagnostics/render-text.ts";
import { UNPAINTED } from "../harness/check-generated.ts";
import { memoryHost } from "../harness/memory-host.ts";

test("the README's example has the mistake, and the message, that the README shows", async () => {
  const readme = readFileSync(join(import.meta.dirname, "../../README.md"), "utf8");
  const [example, message] = readFences(readme);
  const { value, diagnostics } = await compile(
    "/project/gateway.gwl",
    memoryHost({ "/project/gateway.gwl": example?.text ?? "" }),
    "check",
  );
  expect(renderText(diagnostics, value.sources, UNPAINTED)).toBe(message?.text);
});
