/** The section `gwl` of the editor's configuration. Promises: what is absent or of another type is as `DEFAULTS` has it. */
export type Settings = {
  readonly inlayHints: { readonly types: boolean; readonly rules: boolean };
  readonly codeLens: { readonly tests: boolean; readonly routes: boolean };
  /** Milliseconds without a keystroke before whole programs are checked. */
  readonly pause: number;
};

export const DEFAULTS: Settings = { inlayHints: { types: true, rules: true }, codeLens: { tests: true, routes: true }, pause: 150 };
const LONGEST_PAUSE = 10_000;

export function readSettings(section: unknown): Settings {
  const { inlayHints, codeLens, pause } = record(section);
  const { types, rules } = record(inlayHints);
  const { tests, routes } = record(codeLens);
  return {
    inlayHints: { types: flag(types, DEFAULTS.inlayHints.types), rules: flag(rules, DEFAULTS.inlayHints.rules) },
    codeLens: { tests: flag(tests, DEFAULTS.codeLens.tests), routes: flag(routes, DEFAULTS.codeLens.routes) },
    pause: typeof pause === "number" && pause >= 0 && pause <= LONGEST_PAUSE ? pause : DEFAULTS.pause,
  };
}

const record = (value: unknown): Readonly<Record<string, unknown>> => (typeof value === "object" && value !== null ? { ...value } : {});
const flag = (value: unknown, otherwise: boolean): boolean => (typeof value === "boolean" ? value : otherwise);
