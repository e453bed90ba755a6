/** The stack of a fault, with places in the sources in place of those in the built scripts: by the maps beside them, read when there is a fault. */
import { readFileSync } from "node:fs";
import { SourceMap } from "node:module";

const place = /(file:\/\/[^\s()]+\.js):(\d+):(\d+)/g;

export function readableStack(stack: string): string {
  return stack.replace(place, (written: string, script: string, line: string, column: string) => {
    const found = mapOf(script)?.findEntry(Number(line) - 1, Number(column) - 1);
    if (found === undefined || !("originalSource" in found)) return written;
    const { originalSource, originalLine, originalColumn } = found;
    return `${originalSource}:${originalLine + 1}:${originalColumn + 1}`;
  });
}

const maps = new Map<string, SourceMap | undefined>();

/** Undefined: there is none that can be read. */
function mapOf(script: string): SourceMap | undefined {
  if (!maps.has(script)) maps.set(script, readMap(script));
  return maps.get(script);
}

function readMap(script: string): SourceMap | undefined {
  try {
    return new SourceMap(JSON.parse(readFileSync(new URL(`${script}.map`), "utf8")) as ConstructorParameters<typeof SourceMap>[0]);
  } catch {
    return undefined;
  }
}
