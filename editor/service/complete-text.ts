/** Inside quotes: files where one is named, values where a tag or a type has them, types in paths. */
import { dataPathsOf } from "../../compiler/load/named-files.ts";
import type { Candidate } from "./candidate.ts";
import type { CompletionPlace } from "./completion-place.ts";
import { literalValues } from "./complete-expression.ts";
import { headerNames, isHeaderName } from "./complete-headers.ts";
import { relativePath } from "./import-edits.ts";
import { belowRoot, folderOf, readPath } from "../../compiler/load/paths.ts";

export function insideText(place: CompletionPlace): readonly Candidate[] {
  const { entry, braces, text } = place;
  const [before, last] = entry.slice(-2).map((piece) => piece.text);
  const opening = last ?? before;
  if (entry[0]?.text === "import") return sources(place);
  if (opening === "from") return dataFiles(place);
  if (braces?.head[0]?.text === "tags" && opening === ":") return tagValues(place, entry[0]?.text);
  if (isHeaderName(place)) return headerNames(place);
  if (text !== undefined && entry.length === 1) return [];
  return literalValues(place).map((label) => ({ label, kind: "value", rank: 1 }));
}

function sources({ workspace, seen }: CompletionPlace): readonly Candidate[] {
  return workspace.texts.paths().flatMap((path) => {
    const file = belowRoot(seen.view.root, path);
    return file === undefined || file === seen.file ? [] : [{ label: relativePath(seen.file, file), kind: "file" as const }];
  });
}

/** Lists and keys that the program names elsewhere, and what there is in the folder that is named so far. */
function dataFiles(place: CompletionPlace): readonly Candidate[] {
  const { seen } = place;
  const known = seen.quick.bound.loaded.files.flatMap(({ tree }) =>
    dataPathsOf(tree).flatMap((path) => seen.quick.bound.loaded.data.get(path)?.file ?? []),
  );
  const named = [...new Set(known)].map((file) => ({ label: relativePath(seen.file, file).replace(/^\.\//, ""), kind: "file" as const }));
  return [...named, ...inFolder(place)];
}

/** Sources are not lists, and what begins with a dot is nobody's to name by chance. */
function inFolder({ workspace, seen, text, start }: CompletionPlace): readonly Candidate[] {
  const written = /^(?:.*\/)?/.exec(seen.source.text.slice((text?.start ?? start) + 1, start))?.[0] ?? "";
  const reading = readPath(seen.file, `${written}file`);
  if (reading.kind !== "path") return [];
  return workspace.texts
    .folder(folderOf(`${seen.view.root === "/" ? "" : seen.view.root}/${reading.path}`))
    .filter((name) => !name.startsWith(".") && !name.endsWith(".gwl") && name !== "node_modules/")
    .map((name) => ({ label: written + name, kind: "file", rank: name.endsWith("/") ? 6 : 5 }));
}

function tagValues({ seen }: CompletionPlace, name: string | undefined): readonly Candidate[] {
  const tag = seen.quick.bound.declarations.find((one) => one.kind === "tag" && one.name.name === name);
  const text =
    seen.quick.bound.loaded.files
      .find(({ file }) => file === tag?.file)
      ?.source.text.slice(tag?.statement.span.start, tag?.statement.span.end) ?? "";
  return [...text.matchAll(/"([^"\\\n]*)"/g)].map(([, label = ""]) => ({ label, kind: "value", rank: 1 }));
}
