/** The order of test files: what takes long begins early, so that no worker is left alone with it at the end. Only the order; every file runs. */
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** What starts processes and waits; then what tries thousands of programs; what is short fills the end. */
const PROJECTS = ["slow", "properties", "fast"];

/** Files of more than 15 s on two cores, longest first, as a fresh clone cannot know. Whoever has run them goes by what they took. */
const LONG = [
  "properties/agreement",
  "supervisor/lists",
  "cli/run",
  "traffic/shared",
  "cli/build",
  "cli/answers",
  "shop/readme",
  "service/incremental",
  "supervisor/swap",
  "supervisor/workers",
  "observe/prometheus",
  "websocket/bounds",
  "cli/usage",
  "cli/check",
  "authorizer/agreement.property",
  "properties/monotone",
  "http2/leaving",
];

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const usual = await super.sort(files);
    const rank = ({ project, moduleId }: TestSpecification): number => {
      const long = LONG.findIndex((part) => moduleId.endsWith(`/${part}.test.ts`));
      return PROJECTS.indexOf(project.name) * 100 + (long === -1 ? LONG.length : long);
    };
    return usual.toSorted((one, other) => rank(one) - rank(other));
  }
}
