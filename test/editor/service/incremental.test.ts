/**
 * What the service knows after edits is what it would know from scratch: findings of both passes, and what each name means. Edits are made of
 * the project's own words, so that most programs stay nearly whole and one file hears of another.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import { allFindings, quickFindings } from "../../../editor/service/findings.ts";
import { current } from "../../../editor/service/name-at.ts";
import type { ParseCache } from "../../../editor/service/parsed.ts";
import { type Workspace, workspace } from "../../../editor/service/workspace.ts";
import { parseSource, type SourceFile } from "../../../grammar/index.ts";
import { type Choices, choices, choiceStream } from "../../arbitraries/choices.ts";
import { PATIENCE, runs, runSize, SEED } from "../../properties/run-size.ts";
import { memoryEditorHost, ROOT } from "./marked.ts";
import { SMALL_PROJECT } from "./small-project.ts";

const SCRIPTS = runSize("SCRIPTS", 5000);
const PER_RUN = 10;
const breath = (): Promise<void> => Promise.resolve();
const absolute = (files: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(files).map(([file, text]) => [`${ROOT}/${file}`, text]));

function spaceOver(files: Record<string, string>, parserFor?: () => ParseCache): Workspace {
  const space = workspace(memoryEditorHost(files), parserFor);
  space.texts.setRoots([ROOT]);
  return space;
}

test(`${SCRIPTS} edit scripts (seed ${SEED}): the same as from scratch`, PATIENCE, async () => {
  let [sound, kept] = [0, 0];
  const property = fc.asyncProperty(choiceStream(PER_RUN * 12), async (stream) => {
    const c = choices(stream);
    const disk = absolute(SMALL_PROJECT);
    const space = spaceOver(disk);
    await quickFindings(space, breath);
    for (let script = 0; script < PER_RUN; script++) {
      edit(c, disk, space);
      const known = await whatIsKnown(space);
      const scratch = await fromScratch(disk);
      if (known !== scratch) expect(known.split("\n")).toEqual(scratch.split("\n"));
      if (!known.includes(" error ")) sound++;
      if (await keptSomething(space)) kept++;
    }
    expect(shown(await allFindings(space, breath))).toEqual(shown(await allFindings(spaceOver({ ...disk }), breath)));
  });
  await fc.assert(property, runs(Math.ceil(SCRIPTS / PER_RUN)));
  console.log(`${sound} of ${SCRIPTS} programs had no error in the first pass; in ${kept} not every file was read again`);
  expect(sound).toBeGreaterThan(SCRIPTS / 20);
  expect(kept).toBeGreaterThan(SCRIPTS / 4);
});

/** Texts that were there before, as edits are often undone, are not checked a second time: nothing but them is known to the check. */
const fromScratch = remembering(
  (disk: Record<string, string>) => JSON.stringify(disk),
  (disk) => whatIsKnown(spaceOver({ ...disk }, () => parseOnce)),
);
/** A check from scratch reads trees that another one has read; the incremental state never sees them. */
const parseOnce = remembering(({ file, text }: SourceFile) => `${file} ${text}`, parseSource);

function remembering<Given, Made>(keyOf: (given: Given) => string, make: (given: Given) => Made): (given: Given) => Made {
  const known = new Map<string, Made>();
  return (given) => {
    const key = keyOf(given);
    const made = known.get(key) ?? make(given);
    if (known.size >= 500) known.clear();
    known.set(key, made);
    return made;
  };
}

/** The first pass: findings, and for each name what it means today. */
async function whatIsKnown(space: Workspace): Promise<string> {
  const names: string[] = [];
  for (const view of space.programs()) {
    const quick = await view.quick(breath);
    for (const [file, { uses, types, blocks, settings }] of quick.files) {
      names.push(`${view.main} ${file} ${types.size} ${blocks.size} ${settings.size}`);
      for (const { name, declaration } of uses) {
        const now = current(quick, declaration);
        names.push(`${file} ${name.span.start} ${name.name}: ${now?.kind} ${now?.file} ${now?.name.span.start}`);
      }
    }
  }
  return [...shown(await quickFindings(space, breath)), ...[...new Set(names)].sort()].join("\n");
}

async function keptSomething(space: Workspace): Promise<boolean> {
  const [view] = space.programs();
  const quick = await view?.quick(breath);
  return quick !== undefined && quick.read < quick.files.size;
}

function shown(findings: Awaited<ReturnType<typeof quickFindings>>): readonly string[] {
  return [...findings]
    .flatMap(([path, found]) => found.map((one) => `${path} ${one.range.start} ${one.severity} ${JSON.stringify(one)}`))
    .sort();
}

const files = Object.keys(SMALL_PROJECT).filter((file) => file.endsWith(".gwl"));
const WORDS = [...new Set(Object.values(SMALL_PROJECT).flatMap((text) => text.match(/[A-Za-z_]+/g) ?? []))];

/** One change of one file: in an editor, or on the disk. */
function edit(c: Choices, disk: Record<string, string>, { texts }: Workspace): void {
  if (c.chance(1, 15)) {
    const path = `${ROOT}/lists/a.txt`;
    disk[path] = c.pick(["10.0.0.0/8\n", "192.0.2.0/24\n", "", "nonsense\n"]);
    texts.changedOnDisk([path]);
    return;
  }
  const path = `${ROOT}/${c.pick(files)}`;
  const text = disk[path] ?? "";
  const changed = c.pick(EDITS)(c, text, SMALL_PROJECT[path.slice(ROOT.length + 1)] ?? "");
  disk[path] = changed;
  if (c.chance(1, 4)) {
    texts.close(path);
    texts.changedOnDisk([path]);
  } else texts.open(path, changed);
}

type Change = (c: Choices, text: string, original: string) => string;

const replaceMatch = (c: Choices, text: string, pattern: RegExp, make: (found: string) => string): string => {
  const found = [...text.matchAll(pattern)];
  if (found.length === 0) return text;
  const match = c.pick(found);
  return text.slice(0, match.index) + make(match[0]) + text.slice(match.index + match[0].length);
};
const onLine = (c: Choices, text: string, make: (line: string) => readonly string[]): string => {
  const lines = text.split("\n");
  const at = c.below(lines.length);
  return lines.flatMap((line, index) => (index === at ? make(line) : [line])).join("\n");
};

const EDITS: readonly Change[] = [
  (_c, _text, original) => original,
  (_c, _text, original) => original,
  (c, text) => replaceMatch(c, text, /[A-Za-z_]+/g, () => c.pick(WORDS)),
  (c, text) => replaceMatch(c, text, /[A-Za-z_]+/g, (word) => `${word}x`),
  (c, text) => replaceMatch(c, text, /\d+/g, () => String(c.below(12))),
  (c, text) => replaceMatch(c, text, /\d+/g, () => String(c.below(300))),
  (c, text) => replaceMatch(c, text, /"[^"\n]*"/g, () => JSON.stringify(c.pick(WORDS))),
  (c, text) => onLine(c, text, (line) => ["// shifted", line]),
  (c, text) => onLine(c, text, (line) => ["", line]),
  (c, text) => onLine(c, text, (line) => [line, line]),
  (c, text) => onLine(c, text, () => []),
  (c, text) => replaceMatch(c, text, /[{}()[\],:=]/g, () => ""),
  (c, text) => replaceMatch(c, text, /\b(?:deny|allow|require)\b/g, () => c.pick(["deny", "allow", "require"])),
  (c, text) =>
    replaceMatch(c, text, /\b[A-Z]\w+\b/g, () => c.pick(["Customer", "Service", "Grade", "Level", "Id", "Order", "Int", "String"])),
  (c, text) =>
    `${text}\n${c.pick(["let extra = 1", "policy extra { deny when path.size > 3 }", 'tag extra: "a"', "type Extra = Int", "type Plan = Int", "plan extra { }", "entry extra { listen 9090 }", 'GET "/extra" { public because "x", respond 204 }'])}\n`,
];
