/** Repairs that need more than the place of a finding: an import, a missing entry, a line that goes. One function for each kind of finding. */
import type { Block } from "../../grammar/ast.ts";
import { visit } from "../../grammar/index.ts";
import { repeatedImport, unusedImport } from "../../compiler/bind/bind.diagnostics.ts";
import { missingStageValue } from "../../compiler/check/expressions/type.diagnostics.ts";
import { unknownName, unusedDeclaration } from "../../compiler/check/names.diagnostics.ts";
import { missingSetting } from "../../compiler/constructs/frame.diagnostics.ts";
import type { SettingShapes } from "../../compiler/constructs/setting-shape.ts";
import type { Edit, Finding } from "./answers.ts";
import { addEntries, removeEntry } from "./entry-edits.ts";
import { importEdits } from "./import-edits.ts";
import { nodesAt } from "./name-at.ts";
import type { FileView } from "./workspace.ts";

export type Repair = { readonly title: string; readonly edits: readonly Edit[] };

export function repairs(seen: FileView, finding: Finding): readonly Repair[] {
  switch (finding.code) {
    case unknownName.code:
      return [...importIt(seen, finding), ...meantName(seen, finding)];
    case unusedImport.code:
    case repeatedImport.code:
      return removeName(seen, finding);
    case unusedDeclaration.code:
      return removeDeclaration(seen, finding);
    case missingStageValue.code:
      return addStages(seen, finding);
    case missingSetting.code:
      return addSettings(seen, finding);
    default:
      return meantName(seen, finding);
  }
}

/** Messages end in "did you mean `x`?" where one name is close. */
function meantName({ source }: FileView, { range, help, label, fixes }: Finding): readonly Repair[] {
  const meant = [help, label].flatMap((text) => /^did you mean `([^`]+)`\?$/.exec(text ?? "")?.[1] ?? [])[0];
  const written = source.text.slice(range.start, range.end);
  if (meant === undefined || fixes.length > 0 || written.includes("\n")) return [];
  const isText = written.startsWith('"') && !meant.startsWith('"');
  return [{ title: `change to \`${meant}\``, edits: [{ ...range, text: isText ? JSON.stringify(meant) : meant }] }];
}

function importIt(seen: FileView, { range }: Finding): readonly Repair[] {
  const name = seen.source.text.slice(range.start, range.end);
  const found = seen.quick.bound.declarations.filter((one) => one.name.name === name && one.file !== seen.file);
  return found.map((one) => ({ title: `import \`${name}\` from \`${one.file}\``, edits: importEdits(seen, one) }));
}

function removeName(seen: FileView, { range }: Finding): readonly Repair[] {
  const nodes = nodesAt(seen.tree, range.start);
  const block = nodes.findLast((node): node is Block => node.kind === "block");
  const entry = block?.entries.find((one) => one.span.start === range.start);
  const whole = nodes.find((node) => node.kind === "statement");
  if (block === undefined || entry === undefined || whole?.kind !== "statement") return [];
  const edit = block.entries.length === 1 ? removeEntry(seen, seen.tree.entries, whole) : removeEntry(seen, block.entries, entry);
  return [{ title: "take it out of the import", edits: [edit] }];
}

function removeDeclaration(seen: FileView, { range }: Finding): readonly Repair[] {
  const entry = seen.tree.entries.find(({ span }) => span.start <= range.start && range.end <= span.end);
  return entry === undefined ? [] : [{ title: "remove the declaration", edits: [removeEntry(seen, seen.tree.entries, entry)] }];
}

function addStages(seen: FileView, { range }: Finding): readonly Repair[] {
  const block = blockEnding(seen, range);
  if (block === undefined) return [];
  const given = new Set(block.entries.flatMap((entry) => (entry.kind === "setting" && entry.key.kind === "name" ? [entry.key.name] : [])));
  const last = block.entries.at(-1);
  // What holds in the last stage that is written is the likeliest start for the others.
  const value = last?.kind === "setting" ? seen.source.text.slice(last.value.span.start, last.value.span.end) : '""';
  const missing = [...seen.quick.bound.stages.keys()].filter((stage) => !given.has(stage));
  if (missing.length === 0) return [];
  const title = `add ${missing.map((stage) => `\`${stage}\``).join(", ")}`;
  return [
    {
      title,
      edits: [
        addEntries(
          seen,
          block,
          missing.map((stage) => `${stage}: ${value}`),
        ),
      ],
    },
  ];
}

function addSettings(seen: FileView, { range }: Finding): readonly Repair[] {
  const described = [...seen.check.settings].find(([block]) => {
    const statement = nodesAt(seen.tree, block.span.start + 1).findLast(
      (node) => node.kind === "statement" && node.span.start < block.span.start,
    );
    return statement !== undefined && statement.span.start <= range.start && range.end <= block.span.start;
  });
  if (described === undefined) return [];
  const [block, { shapes }] = described;
  const given = new Set(
    block.entries.flatMap((entry) =>
      entry.kind === "setting" && entry.key.kind === "name" ? [entry.key.name] : entry.kind === "statement" ? [entry.word.name] : [],
    ),
  );
  const missing = Object.entries(shapes).filter(([name, { required }]) => required === true && !given.has(name));
  if (missing.length === 0) return [];
  const title = `add ${missing.map(([name]) => `\`${name}\``).join(", ")}`;
  return [
    {
      title,
      edits: [
        addEntries(
          seen,
          block,
          missing.map(([name, shape]) => emptySetting(name, shape)),
        ),
      ],
    },
  ];
}

function emptySetting(name: string, shape: SettingShapes[string]): string {
  return shape.form === "block" ? `${name} { }` : `${name}: ""`;
}

function blockEnding({ tree }: FileView, range: Finding["range"]): Block | undefined {
  let found: Block | undefined;
  visit(tree, (node) => {
    if (node.kind === "block" && node.span.end === range.end && node.span.start >= range.start) found ??= node;
    return node.kind === "file" || (node.span.start <= range.start && range.end <= node.span.end);
  });
  return found;
}
