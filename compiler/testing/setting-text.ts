/** What a setting comes to under a configuration. */
import type { Configuration } from "../../runtime/contract/world.ts";
import type { Expr } from "../model/expression.ts";
import type { Program } from "../model/program.ts";

/** The text of a setting such as an issuer, under `configuration`: a constant, an environment variable or a value of the stage. */
export function settingText(expr: Expr, program: Program, configuration: Configuration): string {
  switch (expr.op) {
    case "const":
      return String(expr.value);
    case "stageValue": {
      const chosen = expr.values[configuration.stage ?? ""];
      return chosen === undefined ? "" : settingText(chosen, program, configuration);
    }
    case "env": {
      const text = configuration.variables[expr.name];
      const value = program.environment.find((candidate) => candidate.name === expr.name)?.value;
      return text ?? (value === undefined ? "" : settingText(value, program, configuration));
    }
    default:
      return "";
  }
}
