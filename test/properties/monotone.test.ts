/**
 * A `deny` or `require` more never opens; an `allow` more, at a level that states allows already, never closes. The added rules read no
 * field that must come once, since reading it is by itself a reason to refuse requests that repeat it (D4).
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Block, Entry, Statement } from "../../grammar/index.ts";
import { type Choices, choices, choiceStream } from "../arbitraries/choices.ts";
import { condition, notEverybody } from "../arbitraries/expressions.ts";
import type { Generated } from "../arbitraries/generated.ts";
import { mainText, topLevel, withMain } from "../arbitraries/rearranged.ts";
import type { Surroundings } from "../arbitraries/surroundings.ts";
import { counterexample } from "./counterexample.ts";
import { PATIENCE, runs, runSize, SEED, shrunk } from "./run-size.ts";
import { ask, requestsOf, type Streams, streams, tried, trialOf } from "./trial.ts";

const PROGRAMS = runSize("PROGRAMS", 40);

type Addition = {
  readonly what: string;
  readonly opens: boolean;
  readonly add: (c: Choices, generated: Generated) => Generated | undefined;
};

const ADDITIONS: readonly Addition[] = [
  {
    what: "a deny",
    opens: false,
    add: (c, generated) => withRule(c, generated, (block) => block, `deny when ${plainCondition(c, generated)}`),
  },
  {
    what: "a require",
    opens: false,
    add: (c, generated) => withRule(c, generated, (block) => block, `require ${plainCondition(c, generated)}`),
  },
  { what: "an allow", opens: true, add: (c, generated) => withRule(c, generated, statingAllows, `allow when ${open(c, generated)}`) },
];

describe(`more rules (seed ${SEED})`, () => {
  test.each(ADDITIONS)("$what", PATIENCE, async ({ what, opens, add }) => {
    let changed = 0;
    const onlyOneWay = async (given: Streams, choice: readonly number[]): Promise<void> => {
      const before = await trialOf(given);
      const added = before && add(choices(choice), before.generated);
      const after = added && (await tried(added, before.configuration));
      if (before === undefined || after === undefined) return;
      for (const request of requestsOf(given, before.generated)) {
        const was = (await ask(before.compiled, request, before.generated)).decision.effect === "allow";
        const is = (await ask(after.compiled, request, before.generated)).decision.effect === "allow";
        if (was === is) continue;
        changed++;
        if (is !== opens) throw counterexample(after.generated, after.configuration, request, `${what} more ${is ? "opens" : "closes"}`);
      }
    };
    await fc.assert(fc.asyncProperty(streams(25), choiceStream(60), shrunk(onlyOneWay)), runs(PROGRAMS));
    expect(changed).toBeGreaterThan(0);
  });
});

const LEVELS = new Set("gateway api group GET HEAD POST PUT PATCH DELETE OPTIONS ANY".split(" "));

/** The rule at the end of one level of those that are `fit`; undefined where there is none. */
function withRule(c: Choices, generated: Generated, fit: (level: Block) => Block | undefined, rule: string): Generated | undefined {
  const text = mainText(generated);
  const levels = levelsOf(topLevel(text)).flatMap((level) => fit(level) ?? []);
  if (levels.length === 0) return undefined;
  const end = c.pick(levels).span.end - 1;
  return withMain(generated, `${text.slice(0, end)}\n${rule}\n${text.slice(end)}`);
}

function levelsOf(entries: readonly Entry[]): readonly Block[] {
  return entries.filter(isLevel).flatMap(({ phrase }) => {
    const blocks = phrase.terms.flatMap((term) => (term.kind === "block" ? [term] : []));
    return [...blocks, ...blocks.flatMap((block) => levelsOf(block.entries))];
  });
}

function isLevel(entry: Entry): entry is Statement {
  return entry.kind === "statement" && LEVELS.has(entry.word.name);
}

function statingAllows(level: Block): Block | undefined {
  return level.entries.some((entry) => entry.kind === "statement" && entry.word.name === "allow") ? level : undefined;
}

/** Where a narrower condition opens nothing by itself; often true. */
function open(c: Choices, generated: Generated): string {
  return c.chance(1, 2) ? notEverybody("true").replace('header("X-Never") ?? ""', "path") : plainCondition(c, generated);
}

function plainCondition(c: Choices, { identities }: Generated): string {
  const at: Surroundings = {
    networks: [],
    fixedNetworks: [],
    identities: c.chance(1, 3) ? identities : [],
    parameters: [],
    body: [],
    arguments: [],
    environment: [],
    constants: [],
    hasStages: false,
    hasTags: false,
    hasDoors: false,
  };
  const tries = c.some(5, 5, () => condition(c, at, 1));
  return tries.find((text) => !/\b(?:header|query)\(/.test(text)) ?? "client.ip in 128.0.0.0/1";
}
