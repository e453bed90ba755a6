/** Lists as providers publish them, where the folder with real data lies beside the project. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { addressSetOfCidrs, difference, isEmptySet } from "../../compiler/model/address-ranges.ts";
import { ROOT } from "../laws/source-files.ts";
import { declared } from "./declared.ts";

const FOLDER = join(ROOT, "../shared/data/ip");
const lists = existsSync(FOLDER)
  ? readdirSync(FOLDER, { recursive: true, encoding: "utf8" }).filter((file) => /\.(?:txt|netset|json|cidr)$/.test(file))
  : [];

describe.skipIf(lists.length === 0)("real lists", () => {
  test.each(lists)("%s is read whole", async (file) => {
    const { program, told } = await declared(`network n from "list"`, { list: readFileSync(join(FOLDER, file), "utf8") });
    expect(told.filter((line) => !line.startsWith("GWL3702"))).toEqual([]);
    expect(program.networks[0]?.cidrs.length).toBeGreaterThan(0);
  });

  test.runIf(lists.includes("aws-ip-ranges-2024-05.json"))("a part of AWS's list lies in the whole", async () => {
    const list = readFileSync(join(FOLDER, "aws-ip-ranges-2024-05.json"), "utf8");
    const { program } = await declared(
      'network whole from "l"\nnetwork part from "l" where region == "eu-west-1" and service == "S3"\nnetwork strays = part - whole\nnetwork others = whole - part',
      { l: list },
    );
    const [whole, part, strays, others] = program.networks.map(({ cidrs }) => addressSetOfCidrs(cidrs));
    if (whole === undefined || part === undefined || strays === undefined || others === undefined) throw new Error("a network is missing");
    expect([isEmptySet(part), isEmptySet(strays), isEmptySet(difference(whole, others))]).toEqual([false, true, false]);
  });
});
