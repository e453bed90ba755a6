/** The page of `gwl build --report`, written beside the bundle: a bundle holds what runs, and nothing else. */
import { writeFileSync } from "node:fs";
import { positionAt } from "../../grammar/source/span.ts";
import type { Sources } from "../index.ts";
import type { Bundle } from "../model/emitted.ts";
import type { Ir } from "../model/ir.ts";
import { reportPage, type Words } from "../report/index.ts";
import { inFileWords } from "./file-fault.ts";

export type ReportWritten = { readonly ok: true; readonly file: string } | { readonly ok: false; readonly message: string };

/** `folder`: that of the bundle; the page is `FOLDER.report.html`. */
export function writeReport(ir: Ir, bundle: Bundle, sources: Sources, folder: string): ReportWritten {
  const file = `${folder}.report.html`;
  try {
    writeFileSync(file, reportPage(ir, bundle, wordsIn(sources)));
    return { ok: true, file };
  } catch (error) {
    return { ok: false, message: inFileWords(error, `cannot write \`${file}\``) };
  }
}

function wordsIn(sources: Sources): Words {
  return {
    textOf: ({ file, start, end }) => sources.get(file)?.text.slice(start, end) ?? "",
    placeOf: ({ file, start }) => {
      const source = sources.get(file);
      return source === undefined ? file : `${file}:${positionAt(source, start).line}`;
    },
  };
}
