/** Where a command talks: results to `out`, talk to standard error. Colours and progress only where a person reads. */
import { resolve } from "node:path";
import { styleText } from "node:util";
import type { Severity } from "../../grammar/source/diagnostic.ts";
import type { TextPaint } from "../diagnostics/render-text.ts";
import { progressOn, type Progress } from "./progress.ts";

export type Terminal = {
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Columns of a line; without end where no terminal breaks it. */
  readonly width: number;
  readonly out: (text: string) => void;
  /** News that `--quiet` spares. */
  readonly talk: (text: string) => void;
  /** One line on what went wrong, or on what the command line got wrong. */
  readonly complain: (message: string) => void;
  /** All of standard input. */
  readonly input: () => Promise<Uint8Array>;
  readonly style: Style;
  /** For `talk`, which may be read where results are not. */
  readonly talkStyle: Style;
  readonly progress: Progress;
};

export type Style = (name: StyleName, text: string) => string;
type StyleName = "bold" | "dim" | "green" | "red" | "yellow" | "cyan";

export type Colour = "auto" | "always" | "never";
export type TerminalSettings = { readonly colour: Colour; readonly isQuiet: boolean; readonly cwd: string };

const NARROWEST = 60;
const USUAL = 80;

/** The terminal of this process. */
export function processTerminal({ colour, isQuiet, cwd }: TerminalSettings): Terminal {
  const { stdout, stderr } = process;
  for (const stream of [stdout, stderr]) if (stream.listenerCount("error") === 0) stream.on("error", readerGone);
  const progress = isQuiet ? () => undefined : progressOn(stderr);
  return {
    cwd: resolve(cwd),
    environment: process.env,
    width: widthOf(stdout),
    out: (text) => void stdout.write(text),
    talk: (text) => void (isQuiet || stderr.write(text)),
    complain: (message) => void stderr.write(`gwl: ${message}\n`),
    input: readStandardInput,
    style: styleFor(wantsColour(colour, stdout)),
    talkStyle: styleFor(wantsColour(colour, stderr)),
    progress,
  };
}

/** How findings are coloured, in the style of the stream that they go to. */
export function paintWith(style: Style): TextPaint {
  const names = { error: "red", warning: "yellow", note: "cyan" } as const satisfies Record<Severity, StyleName>;
  const severity = (name: Severity) => (text: string) => style(names[name], text);
  return {
    gutter: (text) => style("dim", text),
    main: severity("error"),
    other: (text) => style("cyan", text),
    strong: (text) => style("bold", text),
    severity: { error: severity("error"), warning: severity("warning"), note: severity("note") },
  };
}

/** A terminal that does not know its width says 0. */
function widthOf(stream: NodeJS.WriteStream): number {
  return stream.isTTY ? Math.max(NARROWEST, stream.columns || USUAL) : Infinity;
}

function styleFor(isColoured: boolean): Style {
  return (name, text) => (isColoured && text !== "" ? styleText(name, text, { validateStream: false }) : text);
}

/** The command line first, then `NO_COLOR` (no-color.org), then `FORCE_COLOR`, then what the stream is. */
function wantsColour(colour: Colour, stream: NodeJS.WriteStream): boolean {
  if (colour !== "auto") return colour === "always";
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (NO_COLOR !== undefined && NO_COLOR !== "") return false;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== "") return FORCE_COLOR !== "0" && FORCE_COLOR !== "false";
  return stream.isTTY && TERM !== "dumb";
}

/** `gwl ... | head -1` closes the pipe early: no reason to fall over. Anything else, a full disk say, must not look like success. */
function readerGone(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") throw error;
}

async function readStandardInput(): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}
