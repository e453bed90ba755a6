/**
 * The handler as a TypeScript source file, printed by ts-morph from structures that are made as data and written once (adding
 * one after another would be quadratic). Knows what the parts are called, not what they say.
 */
import {
  IndentationText,
  type FunctionDeclarationStructure,
  type ImportDeclarationStructure,
  Project,
  type SourceFile,
  StructureKind,
  VariableDeclarationKind,
  type VariableStatementStructure,
} from "ts-morph";
import { code, identifier, joined, literal, nothing, type Code } from "./code.ts";
import type { EmittedFunction } from "./functions.ts";
import type { EmittedRoute } from "./route-code.ts";

export type ModuleParts = {
  /** Comment lines. */
  readonly head: readonly Code[];
  /** Names of the runtime's door. */
  readonly imports: readonly string[];
  /** How many body validators there are. */
  readonly bodies: number;
  readonly functions: readonly EmittedFunction[];
  readonly routes: readonly EmittedRoute[];
  /** In the order of the tables. */
  readonly predicates: readonly Code[];
  readonly subjects: readonly Code[];
  /** Kinds of identities, each with the runtime's word for it. */
  readonly kinds: readonly Code[];
  /** The same for kinds of backends. */
  readonly backendKinds: readonly Code[];
  /** The runtime's word for IAM documents, where there are any. */
  readonly policies: Code | undefined;
  /** The runtime's word for what every answer has, where the program says something of it. */
  readonly shaping: Code | undefined;
  /** The runtime's word for limits, where there are any. */
  readonly limits: Code | undefined;
  /** The runtime's word for answers that are kept, where there are any. */
  readonly caching: Code | undefined;
  /** The runtime's word for what names calls, where the program says something of ids or traces. */
  readonly naming: Code | undefined;
  /** The same for what divides calls between versions of backends. */
  readonly releases: Code | undefined;
  /** The same for what reads which version a request wants. */
  readonly versions: Code | undefined;
  /** What starts the observation of the gateway, where it says how. */
  readonly observing: Code | undefined;
  readonly starting: Code;
  readonly checksum: number;
};

const runtimeDoor = "gwl/runtime";
const validatorsFile = "./validators.js";

/** One project for all modules: making one costs more than printing a module. */
let project: Project | undefined;

export function printModule(parts: ModuleParts): string {
  project ??= new Project({
    useInMemoryFileSystem: true,
    skipLoadingLibFiles: true,
    manipulationSettings: { indentationText: IndentationText.TwoSpaces },
  });
  const file: SourceFile = project.createSourceFile(
    "handler.ts",
    {
      statements: [...importsOf(parts), ...parts.functions.map(functionOf), ...parts.routes.map(routeOf), parts.starting, gatewayOf(parts)],
    },
    { overwrite: true },
  );
  const text = file.getFullText();
  project.removeSourceFile(file);
  return `${joined(parts.head, "\n")}\n${text}`;
}

function importsOf({ imports, bodies }: ModuleParts): readonly ImportDeclarationStructure[] {
  const types = ["Bound", "Call", "RouteCode", "Start", "StartCode"].map((name) => ({ name, isTypeOnly: true }));
  const door: ImportDeclarationStructure = {
    kind: StructureKind.ImportDeclaration,
    moduleSpecifier: runtimeDoor,
    namedImports: [...imports.map((name) => ({ name })), ...types],
  };
  if (bodies === 0) return [door];
  const names = Array.from({ length: bodies }, (_, at) => ({ name: identifier("body", at) }));
  return [door, { kind: StructureKind.ImportDeclaration, moduleSpecifier: validatorsFile, namedImports: names }];
}

function functionOf({ name, comment, parameters, returns, result }: EmittedFunction): FunctionDeclarationStructure {
  return {
    kind: StructureKind.Function,
    leadingTrivia: `${comment}\n`,
    name,
    parameters: [...parameters],
    returnType: returns,
    statements: code`return ${result};`,
  };
}

function routeOf({ name, comment, value }: EmittedRoute): VariableStatementStructure {
  return {
    kind: StructureKind.VariableStatement,
    leadingTrivia: `${comment}\n`,
    declarationKind: VariableDeclarationKind.Const,
    declarations: [{ name, type: "RouteCode", initializer: value }],
  };
}

function gatewayOf(parts: ModuleParts): FunctionDeclarationStructure {
  const { predicates, subjects, routes, kinds, backendKinds, checksum } = parts;
  const names = routes.map(({ name }) => name);
  return {
    kind: StructureKind.Function,
    leadingTrivia: "/** Opens the tables beside this file; what is wrong with them is said when the gateway starts. */\n",
    isExported: true,
    name: "createGateway",
    parameters: [{ name: "tables", type: "Uint8Array" }],
    returnType: "Start",
    statements: code`return start(tables, ${literal(checksum)}, {
  predicates: [${joined(predicates, ", ")}],
  subjects: [${joined(subjects, ", ")}],
  routes: [${joined(names, ", ")}],
  identities: { ${joined(kinds, ", ")} },
  backends: { ${joined(backendKinds, ", ")} },${optional(parts)}
  start: starting,
});`,
  };
}

/** What only some programs bring. */
function optional({ policies, shaping, limits, caching, naming, releases, versions, observing }: ModuleParts): Code {
  const brought: readonly (readonly [name: Code, part: Code | undefined])[] = [
    [code`policies`, policies],
    [code`shaping`, shaping],
    [code`traffic`, limits],
    [code`caching`, caching],
    [code`names`, naming],
    [code`releases`, releases],
    [code`versions`, versions],
    [code`observe`, observing],
  ];
  return brought.reduce<Code>((lines, [name, part]) => (part === undefined ? lines : code`${lines}\n  ${name}: ${part},`), nothing);
}
