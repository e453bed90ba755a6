/** How workers tell each other their figures, by way of their supervisor. Promises that a message of anybody else is not misread. */
import type { Family } from "../../../observe/metrics/families.ts";

const form = 1;

/** Of a worker. `wanted`: of all; `mine`: an answer; `last`: it ends. Each brings its own. */
export type WorkerFigures = {
  readonly form: typeof form;
  readonly figures: "wanted" | "mine" | "last";
  readonly id: number;
  readonly families: readonly Family[];
};
/** Of the supervisor. `all`: those of the others. */
export type SupervisorFigures =
  | { readonly form: typeof form; readonly figures: "tell"; readonly id: number }
  | { readonly form: typeof form; readonly figures: "all"; readonly id: number; readonly all: readonly (readonly Family[])[] };

export function workerFigures(figures: WorkerFigures["figures"], id: number, families: readonly Family[]): WorkerFigures {
  return { form, figures, id, families };
}
export function tellFigures(id: number): SupervisorFigures {
  return { form, figures: "tell", id };
}
export function allFigures(id: number, all: readonly (readonly Family[])[]): SupervisorFigures {
  return { form, figures: "all", id, all };
}

export function readWorkerFigures(message: unknown): WorkerFigures | undefined {
  return isOfForm(message, ["wanted", "mine", "last"]) ? (message as WorkerFigures) : undefined;
}
export function readSupervisorFigures(message: unknown): SupervisorFigures | undefined {
  return isOfForm(message, ["tell", "all"]) ? (message as SupervisorFigures) : undefined;
}

function isOfForm(message: unknown, kinds: readonly string[]): boolean {
  if (typeof message !== "object" || message === null || !("form" in message) || !("figures" in message)) return false;
  return message.form === form && typeof message.figures === "string" && kinds.includes(message.figures);
}
