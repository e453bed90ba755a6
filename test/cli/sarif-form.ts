/** The parts of SARIF 2.1.0 that code scanning services refuse a file without, as a schema (OASIS SARIF 2.1.0, sections 3.13 to 3.30). */
import { Ajv2020 } from "ajv/dist/2020.js";

const region = {
  type: "object",
  required: ["startLine", "startColumn", "endLine", "endColumn"],
  properties: Object.fromEntries(
    ["startLine", "startColumn", "endLine", "endColumn"].map((name) => [name, { type: "integer", minimum: 1 }]),
  ),
};
const artifactLocation = { type: "object", required: ["uri"], properties: { uri: { type: "string", pattern: "^[!-~]+$" } } };
const physicalLocation = { type: "object", required: ["artifactLocation"], properties: { artifactLocation, region } };
const message = { type: "object", required: ["text"], properties: { text: { type: "string", minLength: 1 } } };
const location = {
  type: "object",
  required: ["physicalLocation"],
  properties: { physicalLocation, message, id: { type: "integer", minimum: 0 } },
};
const replacement = { type: "object", required: ["deletedRegion"], properties: { deletedRegion: region, insertedContent: message } };
const fix = {
  type: "object",
  required: ["artifactChanges"],
  properties: {
    description: message,
    artifactChanges: {
      type: "array",
      minItems: 1,
      items: {
        type: "object",
        required: ["artifactLocation", "replacements"],
        properties: { artifactLocation, replacements: { type: "array", minItems: 1, items: replacement } },
      },
    },
  },
};
const rule = {
  type: "object",
  required: ["id", "name", "shortDescription", "help", "defaultConfiguration"],
  properties: { id: { type: "string", pattern: "^GWL[0-9]{4}$" }, shortDescription: message, help: message },
};
const result = {
  type: "object",
  required: ["ruleId", "ruleIndex", "level", "message", "locations"],
  properties: {
    ruleId: { type: "string", pattern: "^GWL[0-9]{4}$" },
    ruleIndex: { type: "integer", minimum: 0 },
    level: { enum: ["error", "warning", "note"] },
    message,
    locations: { type: "array", minItems: 1, items: location },
    relatedLocations: { type: "array", items: { ...location, required: ["id", "physicalLocation", "message"] } },
    fixes: { type: "array", items: fix },
  },
};
const driver = {
  type: "object",
  required: ["name", "semanticVersion", "rules"],
  properties: { name: { const: "gwl" }, rules: { type: "array", items: rule, uniqueItems: true } },
};
const run = {
  type: "object",
  required: ["tool", "columnKind", "results"],
  properties: {
    tool: { type: "object", required: ["driver"], properties: { driver } },
    columnKind: { const: "utf16CodeUnits" },
    results: { type: "array", items: result },
  },
};
const log = {
  type: "object",
  required: ["$schema", "version", "runs"],
  properties: { $schema: { type: "string" }, version: { const: "2.1.0" }, runs: { type: "array", minItems: 1, maxItems: 1, items: run } },
};

type Log = {
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
    readonly results: readonly { readonly ruleId: string; readonly ruleIndex: number }[];
  }[];
};

/** What is wrong with a log; rules must be those that results point at. */
export function sarifProblems(value: unknown): readonly string[] {
  const ajv = new Ajv2020({ allErrors: true, strict: false });
  if (!ajv.validate(log, value)) return (ajv.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
  return (value as Log).runs.flatMap(({ tool, results }) =>
    results.flatMap(({ ruleId, ruleIndex }) => (tool.driver.rules[ruleIndex]?.id === ruleId ? [] : [`${ruleId} is not rule ${ruleIndex}`])),
  );
}
