/**
 * What runs now, on one line that goes away again. Promises: written only where a person sees it, and before a step begins: a step
 * that keeps the process busy could not say anything later.
 */

/** `step`: what begins now; undefined: all is done. */
export type Progress = (step: string | undefined) => void;

type Screen = { readonly isTTY?: boolean; readonly columns?: number; readonly write: (text: string) => unknown };

const ERASE = "\r\u001b[K";
/** Milliseconds from which the time that has passed is worth showing. */
const LONG = 1000;

export function progressOn(screen: Screen, now: () => number = () => performance.now()): Progress {
  if (screen.isTTY !== true || process.env["TERM"] === "dumb") return () => undefined;
  const started = now();
  let shown = "";
  return (step) => {
    const passed = now() - started;
    const text = step === undefined ? "" : `${step} …${passed > LONG ? ` ${(passed / 1000).toFixed(1)} s` : ""}`;
    if (text === shown) return;
    shown = text;
    screen.write(ERASE + text.slice(0, (screen.columns ?? 80) - 1));
  };
}
