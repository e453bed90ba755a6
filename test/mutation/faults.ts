/**
 * The faults that the suite must notice. Each is small, changes what a gateway does, and could be made by a tired hand. `from` stands
 * once in its file; a fault that no longer fits is an error, so the list follows the code.
 */
import type { Fault } from "./fault.ts";
import { DOOR_FAULTS } from "./door-faults.ts";
import { ACCESS_FAULTS, KERNEL_FAULTS } from "./runtime-faults.ts";
import { COMPOSE_FAULTS, LEASE_FAULTS, UPSTREAM_FAULTS } from "./upstream-faults.ts";

const lower: readonly Fault[] = [
  {
    what: "a require collects when it is true",
    file: "compiler/lower/access-parts.ts",
    from: 'rule.effect === "require" ? not :',
    to: 'rule.effect === "deny" ? not :',
  },
  {
    what: "rules of outer levels are lost",
    file: "compiler/lower/route-access.ts",
    from: "denies: denies.filter(hasEntries)",
    to: "denies: denies.slice(-1)",
  },
  {
    what: "allows come from the outermost level",
    file: "compiler/lower/route-access.ts",
    from: "around.findLast((level)",
    to: "around.find((level)",
  },
  {
    what: "an override lifts its own level, too",
    file: "compiler/lower/route-access.ts",
    from: "around.slice(at + 1)",
    to: "around.slice(at)",
  },
  {
    what: "an override ignores its arguments",
    file: "compiler/lower/level-rules.ts",
    from: "given.every((key, at) => key === use.arguments[at])",
    to: "given.every(() => true)",
  },
  {
    what: "an override lifts policies that do not permit it",
    file: "compiler/lower/level-rules.ts",
    from: "policy.overridable ?",
    to: "policy.name !== undefined ?",
  },
  {
    what: "a nested use is not followed",
    file: "compiler/lower/level-rules.ts",
    from: "for (const statement of policy.statements) take(",
    to: 'for (const statement of policy.statements) if (statement.kind === "rule") take(',
  },
  {
    what: "an apply on ANY ignores its methods",
    file: "compiler/lower/selection.ts",
    from: '"never" : condition;',
    to: '"never" : "always";',
  },
  {
    what: "an apply selects the other routes",
    file: "compiler/lower/selection.ts",
    from: 'if (isTrue(condition)) return "always";',
    to: 'if (isFalse(condition)) return "always";',
  },
  {
    what: "the outer level wins for a header",
    file: "compiler/lower/transforms.ts",
    from: "levels.flatMap((level) =>",
    to: "levels.toReversed().flatMap((level) =>",
  },
  {
    what: "`is` is true for every accepted identity",
    file: "compiler/lower/fold.ts",
    from: "facts.accept.every((caller) => caller.includes(expr.identity)) ? bool(true",
    to: "facts.accept.some((caller) => caller.includes(expr.identity)) ? bool(true",
  },
  {
    what: "not of something absent is false",
    file: "compiler/lower/fold.ts",
    from: "|| isAbsent(expr.operand) ? bool(!isTrue(expr.operand)",
    to: "|| isAbsent(expr.operand) ? bool(isFalse(expr.operand)",
  },
  {
    what: "or is empty-true",
    file: "compiler/lower/fold.ts",
    from: 'if (operands.length === 0) return bool(expr.op === "and"',
    to: 'if (operands.length === 0) return bool(expr.op === "or"',
  },
  {
    what: "`!=` becomes not `==` where something may be absent",
    file: "compiler/lower/formula.ts",
    from: 'operator === "!=" && isAlwaysPresent(left) && isAlwaysPresent(right)',
    to: 'operator === "!="',
  },
  {
    what: "a comparison is turned without its operator",
    file: "compiler/lower/formula.ts",
    from: '"<": ">", "<=": ">="',
    to: '"<": "<", "<=": "<="',
  },
  {
    what: "branches of an `if` are swapped",
    file: "compiler/lower/formula.ts",
    from: "then: inner(expr.then), otherwise: inner(expr.otherwise)",
    to: "then: inner(expr.otherwise), otherwise: inner(expr.then)",
  },
  {
    what: "the otherwise side of a test is dropped",
    file: "compiler/lower/merge-residuals.ts",
    from: "nodes.test(question, merge(then), merge(otherwise))",
    to: "nodes.test(question, merge(then), merge([]))",
  },
  {
    what: "a lookup forgets what is left behind it",
    file: "compiler/lower/merge-residuals.ts",
    from: "place({ rule, f: form.rest }, pile);",
    to: "",
  },
  {
    what: "classes that a network tells apart are one",
    file: "compiler/lower/class-partition.ts",
    from: "moved.get(from) ?? groups++",
    to: "moved.get(from) ?? 0 * groups++",
  },
  {
    what: "the identities of a route are sorted",
    file: "compiler/lower/lower-route.ts",
    from: "identity.name === name))),",
    to: "identity.name === name))).sort(),",
  },
];

const emit: readonly Fault[] = [
  {
    what: "`<=` is emitted as `<`",
    file: "compiler/emit/expression.ts",
    from: 'case "<=":\n      return code`${at.use("atMost")}(${a}, ${b})`;',
    to: 'case "<=":\n      return code`${at.use("less")}(${a}, ${b})`;',
  },
  {
    what: "`>` is emitted with its sides kept",
    file: "compiler/emit/expression.ts",
    from: 'case ">":\n      return code`${at.use("less")}(${b}, ${a})`;',
    to: 'case ">":\n      return code`${at.use("less")}(${a}, ${b})`;',
  },
  {
    what: "or is emitted as and",
    file: "compiler/emit/expression.ts",
    from: 'junction(expr.operands, " || ", at)',
    to: 'junction(expr.operands, " && ", at)',
  },
  {
    what: "then and otherwise change places in the tables",
    file: "compiler/emit/table-numbers.ts",
    from: "node.predicate, node.then, node.otherwise",
    to: "node.predicate, node.otherwise, node.then",
  },
  {
    what: "denies about the body and allows change places",
    file: "compiler/emit/table-numbers.ts",
    from: "denies.body, allows.request",
    to: "allows.request, denies.body",
  },
  {
    what: "the last part of a union is lost",
    file: "compiler/emit/table-numbers.ts",
    from: "parts.length + node.parts.length, 0",
    to: "parts.length + node.parts.length - 1, 0",
  },
  {
    what: "the words of an IPv6 start are one digit off",
    file: "compiler/emit/table-numbers.ts",
    from: "[0, 8, 16, 24].map",
    to: "[0, 8, 16, 23].map",
  },
  { what: "records are open", file: "compiler/emit/json-schema.ts", from: "additionalProperties: false", to: "additionalProperties: true" },
];

const check: readonly Fault[] = [
  {
    what: "routes without an access statement compile",
    file: "compiler/check/program/index.ts",
    from: "  checkRouteWithoutAccess,\n  checkOpenAllow",
    to: "  checkOpenAllow",
  },
  {
    what: "an allow that is open to everybody compiles",
    file: "compiler/check/program/index.ts",
    from: "  checkOpenAllow,\n  checkPublic",
    to: "  checkPublic",
  },
  {
    what: "ambiguous routes compile",
    file: "compiler/check/program/index.ts",
    from: "  checkAmbiguousRoutes,\n  checkSelectors",
    to: "  checkSelectors",
  },
  {
    what: "an override of nothing compiles",
    file: "compiler/check/program/index.ts",
    from: "  checkOverrides,\n  checkIndistinct",
    to: "  checkIndistinct",
  },
];

export const FAULTS: readonly Fault[] = [
  ...lower,
  ...emit,
  ...KERNEL_FAULTS,
  ...ACCESS_FAULTS,
  ...check,
  ...DOOR_FAULTS,
  ...COMPOSE_FAULTS,
  ...UPSTREAM_FAULTS,
  ...LEASE_FAULTS,
];
