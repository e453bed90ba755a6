/** The contest is fair: whoever counts answers the known questions rightly, ours in every contest, at small sizes. */
import { describe, expect, test } from "vitest";
import type { Contender } from "./contest/contender.ts";
import { contenders as bodies } from "./contenders/bodies.ts";
import { contenders as decisions } from "./contenders/decisions.ts";
import { contenders as iam } from "./contenders/iam.ts";
import { contenders as networks } from "./contenders/networks.ts";
import { contenders as policies } from "./contenders/policies.ts";
import { contenders as routes } from "./contenders/routes.ts";
import { contenders as tokens } from "./contenders/tokens.ts";
import { plot } from "./plot.ts";

async function wrongOf(made: Contender | Promise<Contender>): Promise<string | undefined> {
  const contender = await made;
  await contender.run(contender.fresh(0, 10) as readonly never[]);
  return contender.wrong;
}

describe("contenders answer rightly", () => {
  test.each(Object.entries(routes))("routes: %s", async (_, make) => expect(await wrongOf(make({ count: 20 }))).toBeUndefined());

  const families = ["ipv4", "ipv6"] as const;
  test.each(families.flatMap((family) => Object.entries(networks).map(([name, make]) => ({ name, family, make }))))(
    "networks: $name, $family",
    async ({ family, make }) => expect(await wrongOf(make({ family, count: 300 }))).toBeUndefined(),
  );

  const kinds = [false, true];
  test.each(kinds.flatMap((oneRoute) => Object.entries(policies).map(([name, make]) => ({ name, oneRoute, make }))))(
    "policies: $name, all on one route: $oneRoute",
    async ({ oneRoute, make }) => expect(await wrongOf(make({ rules: 50, oneRoute }))).toBeUndefined(),
  );

  test.each(Object.entries(iam))("IAM documents: %s", async (_, make) => expect(await wrongOf(make({ statements: 60 }))).toBeUndefined());
  test.each(Object.entries(tokens))("tokens: %s", async (_, make) => expect(await wrongOf(make({ tokens: 3 }))).toBeUndefined());

  test.each(Object.entries(bodies))("bodies: %s", async (_, make) => expect(await wrongOf(make({ lines: 3 }))).toBeUndefined());

  test.each(Object.entries(decisions))("whole decisions: %s", async (_, make) =>
    expect(await wrongOf(make({ routes: 50, networks: 100, rules: 60 }))).toBeUndefined(),
  );
});

test("a plot has a line for each series and leaves out who answers wrongly", () => {
  const series = [
    { name: "ours", points: [{ cost: 20 }, { cost: 40 }] },
    { name: "<wrong>", points: [{ cost: 1, wrong: "answers wrongly" }] },
  ];
  const svg = plot({ name: "x", title: "A & B", about: "", sizes: ["1", "2"], series });
  expect(svg.match(/<circle/g)).toHaveLength(2);
  expect(svg).toContain("A &amp; B");
  expect(svg).not.toContain("wrong");
});
