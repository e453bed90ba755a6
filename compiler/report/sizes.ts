/** How large the parts of a bundle are, as bars. Sections of the tables stand below their file. */
import { directoryWords, headerWords, tableSections } from "../../runtime/contract/tables.ts";
import type { EmittedFile } from "../model/emitted.ts";
import { type Markup, markup } from "./markup.ts";

type Size = { readonly name: string; readonly bytes: number; readonly isPart: boolean };

const [row, left, bar] = [24, 190, 420] as const;

export function sizesDrawing(files: readonly EmittedFile[]): Markup {
  const sizes = files.filter(({ path }) => !path.endsWith(".map")).flatMap(sizesOf);
  const most = Math.max(1, ...sizes.map(({ bytes }) => bytes));
  const rows = sizes.map(({ name, bytes, isPart }, at) => {
    const y = at * row;
    const width = Math.max(1, (bytes / most) * bar);
    return markup`<text x="${left - 8}" y="${y + 16}" text-anchor="end">${name}</text><rect class="${isPart ? "part" : "file"}" x="${left}" y="${y + 4}" width="${width}" height="${row - 8}" rx="2"/><text x="${left + width + 8}" y="${y + 16}">${said(bytes)}</text>`;
  });
  return markup`<svg class="sizes" width="${left + bar + 100}" height="${sizes.length * row}" viewBox="0 0 ${left + bar + 100} ${sizes.length * row}" role="img" aria-label="sizes by part">
${rows}
</svg>`;
}

function sizesOf({ path, content }: EmittedFile): readonly Size[] {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content).length : content.byteLength;
  const whole = { name: path, bytes, isPart: false };
  return path === "tables.bin" && typeof content !== "string" ? [whole, ...sections(content)] : [whole];
}

function sections(tables: Uint8Array): readonly Size[] {
  const view = new DataView(tables.buffer, tables.byteOffset, tables.byteLength);
  return tableSections.map((name, at) => ({
    name: `· ${name}`,
    bytes: view.getUint32((headerWords + at * directoryWords + 1) * 4, true),
    isPart: true,
  }));
}

function said(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1e6 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
