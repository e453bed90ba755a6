/** The pages of the catalogue as they lie in their folder, and their examples as programs. */
import { readdirSync, readFileSync } from "node:fs";
import { type Page, type PageExample, type PageFile, readPage } from "../../compiler/diagnostics/page.ts";

const FOLDER = new URL("../../compiler/diagnostics/pages/", import.meta.url);

/** `name` is that of the file without its ending, whatever its heading says. */
export type StoredPage = { readonly name: string; readonly text: string; readonly page: Page | undefined };

export function storedPages(): readonly StoredPage[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith(".md"))
    .sort()
    .map((file) => {
      const text = readFileSync(new URL(file, FOLDER), "utf8");
      return { name: file.slice(0, -".md".length), text, page: readPage(text) };
    });
}

/** The example with the files that all pages may import from. */
export function programOf(example: PageExample): readonly PageFile[] {
  return [...example, ...SHARED];
}

const SHARED: readonly PageFile[] = ["callers.gwl", "partners.gwl", "backends.gwl", "idp.pem"].map((file) => ({
  file,
  text: readFileSync(new URL(file, FOLDER), "utf8"),
}));
