/** The commands of `gwl`, in the order in which help lists them. */
import type { Command } from "../command.ts";
import { build } from "./build.ts";
import { check } from "./check.ts";
import { completionCommand } from "./completion.ts";
import { dashboard } from "./dashboard.ts";
import { diff } from "./diff.ts";
import { explain } from "./explain.ts";
import { fmt } from "./fmt.ts";
import { hash } from "./hash.ts";
import { init } from "./init.ts";
import { lsp } from "./lsp.ts";
import { routes } from "./routes.ts";
import { run } from "./run.ts";
import { test } from "./test.ts";

export const COMMANDS: readonly Command[] = [
  init,
  check,
  build,
  run,
  test,
  fmt,
  routes,
  diff,
  dashboard,
  explain,
  hash,
  lsp,
  completionCommand(() => COMMANDS),
];
