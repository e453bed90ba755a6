/** Where a command talks: results to `out`, talk to `talk` (standard error). Colours and progress only where a person reads. */
import { styleText } from "node:util";
import type { Severity } from "../../grammar/source/diagnostic.ts";
import type { TextPaint } from "../diagnostics/render-text.ts";

export type Terminal = {
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly out: (text: string) => void;
  readonly talk: (text: string) => void;
  readonly paint: TextPaint;
  readonly style: (style: Style, text: string) => string;
  /** Shows `text` as the step that runs now, if it has taken longer than a second; undefined: done. */
  readonly progress: (text: string | undefined) => void;
};

export type Style = "bold" | "dim" | "green" | "red" | "yellow" | "cyan";

export type Colour = "auto" | "always" | "never";

/** The terminal of this process. */
export function processTerminal(colour: Colour): Terminal {
  const coloured = wantsColour(colour, process.stdout);
  const style = (name: Style, text: string): string => (coloured ? styleText(name, text, { validateStream: false }) : text);
  return {
    cwd: process.cwd(),
    environment: process.env,
    out: (text) => void process.stdout.write(text),
    talk: (text) => void process.stderr.write(text),
    style,
    paint: paintWith(style),
    progress: progressOn(process.stderr),
  };
}

function wantsColour(colour: Colour, stream: NodeJS.WriteStream): boolean {
  if (colour !== "auto") return colour === "always";
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (NO_COLOR !== undefined && NO_COLOR !== "") return false;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== "") return FORCE_COLOR !== "0";
  return stream.isTTY && TERM !== "dumb";
}

function paintWith(style: Terminal["style"]): TextPaint {
  const severities: Readonly<Record<Severity, Style>> = { error: "red", warning: "yellow", note: "cyan" };
  const severity = (name: Severity) => (text: string) => style(severities[name], text);
  return {
    gutter: (text) => style("dim", text),
    main: severity("error"),
    other: (text) => style("cyan", text),
    strong: (text) => style("bold", text),
    severity: { error: severity("error"), warning: severity("warning"), note: severity("note") },
  };
}

const PATIENCE = 1000;

function progressOn(stream: NodeJS.WriteStream): (text: string | undefined) => void {
  if (!stream.isTTY) return () => undefined;
  const started = performance.now();
  let isShown = false;
  return (text) => {
    if (text === undefined) {
      if (isShown) stream.write("\r\u001b[K");
      isShown = false;
    } else if (performance.now() - started > PATIENCE) {
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      stream.write(`\r\u001b[K${text} … ${seconds} s`);
      isShown = true;
    }
  };
}
