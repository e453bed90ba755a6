/**
 * The faults that the suite must notice. Each is small, changes what a gateway does, and could be made by a tired hand. `from` stands
 * once in its file; a fault that no longer fits is an error, so the list follows the code.
 */
import type { Fault } from "./fault.ts";

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
    from: "for (const { transforms } of levels)",
    to: "for (const { transforms } of [...levels].reverse())",
  },
  {
    what: "`is` is true for every accepted identity",
    file: "compiler/lower/fold.ts",
    from: "return facts.accept.length === 1 ? bool(true",
    to: "return facts.accept.length >= 1 ? bool(true",
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
    from: "identity.name === name)),",
    to: "identity.name === name)).sort(),",
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

const kernel: readonly Fault[] = [
  {
    what: "an IPv4 range ends one address late",
    file: "runtime/kernel/address-classes.ts",
    from: "if ((starts[middle] ?? 0) <= value)",
    to: "if ((starts[middle] ?? 0) < value)",
  },
  {
    what: "an IPv6 range ends one address late",
    file: "runtime/kernel/address-classes.ts",
    from: "return (starts[at + 3] ?? 0) <= address.w3;",
    to: "return (starts[at + 3] ?? 0) < address.w3;",
  },
  {
    what: "the third word of IPv6 is not compared",
    file: "runtime/kernel/address-classes.ts",
    from: "if (w2 !== address.w2) return w2 < address.w2;",
    to: "",
  },
  {
    what: "the index of IPv4 points one range too far",
    file: "runtime/kernel/address-classes.ts",
    from: "<= bucket * 0x10000) range++;",
    to: "<= bucket * 0x10000 + 1) range++;",
  },
  { what: "a walk follows the wrong branch", file: "runtime/kernel/diagram.ts", from: "=== true ? 2 : 3", to: "=== true ? 3 : 2" },
  {
    what: "a lookup over a collection takes its first element only",
    file: "runtime/kernel/diagram.ts",
    from: "for (const element of value) push(table.nodes.get(element));",
    to: "push(table.nodes.get(value[0]));",
  },
  {
    what: "denies about the caller are skipped",
    file: "runtime/kernel/pipeline.ts",
    from: "(await identified(run, verifiers, arrival, world, progress)) ??\n    denied(run, arrival, cellParts.deniesOfPrincipal)",
    to: "(await identified(run, verifiers, arrival, world, progress))",
  },
  {
    what: "denies about the body are skipped",
    file: "runtime/kernel/pipeline.ts",
    from: "if (late !== undefined) return refusedOutcome(run, progress, late);",
    to: "",
  },
  {
    what: "what no rule allows is allowed",
    file: "runtime/kernel/pipeline.ts",
    from: "if (allows.length === 0) return refusedOutcome(run, progress, byDefault);",
    to: "",
  },
  {
    what: "a public route asks who calls",
    file: "runtime/kernel/pipeline.ts",
    from: "if (isPublic || accept.length === 0)",
    to: "if (accept.length === 0)",
  },
  {
    what: "two identities that both verify are no conflict",
    file: "runtime/kernel/authentication.ts",
    from: "if (one !== undefined && another === undefined) return one;",
    to: "if (one !== undefined) return one;",
  },
  {
    what: "missing keys are a 401",
    file: "runtime/kernel/authentication.ts",
    from: "if (one === undefined && keysMissing)",
    to: "if (one !== undefined && keysMissing)",
  },
  {
    what: "HEAD does not find the GET route",
    file: "runtime/kernel/route-match.ts",
    from: '["HEAD", "GET", "ANY"]',
    to: '["HEAD", "ANY"]',
  },
  { what: "ANY beats the specific method", file: "runtime/kernel/route-match.ts", from: ': [method, "ANY"]', to: ': ["ANY", method]' },
  {
    what: "a typed parameter beats a literal",
    file: "runtime/kernel/route-match.ts",
    from: "if (literal !== undefined) found =",
    to: "if (literal !== undefined && node.typed === undefined) found =",
  },
  {
    what: "rules see HEAD on a GET route",
    file: "runtime/kernel/arrival.ts",
    from: 'request.method === "HEAD" && route.data.method !== "HEAD" ? "GET" : request.method',
    to: "request.method",
  },
  {
    what: "a repeated header is read as its first",
    file: "runtime/kernel/arrival.ts",
    from: "countFields(headers, name) > 1)",
    to: "countFields(headers, name) > 2)",
  },
  {
    what: "X-Forwarded-For is read from the left",
    file: "runtime/kernel/client-address.ts",
    from: 'end === 0 ? -1 : forwardedFor.lastIndexOf(",", end - 1)',
    to: "-1",
  },
  {
    what: "X-Forwarded-For of anybody is believed",
    file: "runtime/kernel/client-address.ts",
    from: "while (end >= 0 && isTrusted(current))",
    to: "while (end >= 0)",
  },
  {
    what: "encoded slashes pass",
    file: "runtime/kernel/canonical-path.ts",
    from: "|| byte === 47 || byte === 92) return undefined;\n      utf8",
    to: "|| byte === 92) return undefined;\n      utf8",
  },
  { what: "double encoding passes", file: "runtime/kernel/canonical-path.ts", from: "|| isDoublyEncoded(decoded)", to: "" },
  { what: "dot segments are always resolved", file: "runtime/kernel/canonical-path.ts", from: 'rules.dotSegments === "refuse" ||', to: "" },
  {
    what: "a trailing slash is always ignored",
    file: "runtime/kernel/canonical-path.ts",
    from: 'if (trailing && rules.trailingSlash === "refuse") return undefined;',
    to: "",
  },
  {
    what: "length and coding together pass",
    file: "runtime/kernel/canonical-request.ts",
    from: "isChunked && lengths === 0 &&",
    to: "isChunked &&",
  },
  { what: "names with an underscore pass", file: "runtime/kernel/canonical-request.ts", from: '|| name.includes("_")', to: "" },
  {
    what: "an unknown host passes",
    file: "runtime/kernel/canonical-request.ts",
    from: 'if (rules.hosts.length > 0 && !rules.hosts.includes(host.host)) return refused("unknown-host");',
    to: "",
  },
  {
    what: "what clients say of forwarding reaches the backend",
    file: "runtime/kernel/forward.ts",
    from: '!name.startsWith("x-forwarded-") &&',
    to: "",
  },
  {
    what: "a set header stands beside the client's",
    file: "runtime/kernel/forward.ts",
    from: "&& !set.some(([other]) => other === name)",
    to: "",
  },
  {
    what: "a claim may break out of its header",
    file: "runtime/kernel/forward.ts",
    from: "if (code < 32 || code === 127 || code > 255) return false;",
    to: "if (code > 255) return false;",
  },
  {
    what: "compressed bodies are taken for plain",
    file: "runtime/kernel/body-phase.ts",
    from: '&& countFields(headers, "content-encoding") === 0',
    to: "",
  },
  {
    what: "bodies are not validated",
    file: "runtime/kernel/body-phase.ts",
    from: "route.code.body?.(parsed.value) !== true",
    to: "route.code.body === undefined",
  },
  {
    what: "a declared length over the limit passes",
    file: "runtime/kernel/body-phase.ts",
    from: "contentLength > limits.body",
    to: "contentLength > limits.body * 2",
  },
  { what: "members that occur twice pass", file: "runtime/kernel/strict-json.ts", from: "&& tally.keys === shape.keys ?", to: "?" },
  {
    what: "something absent is unequal",
    file: "runtime/kernel/operators.ts",
    from: "return left !== undefined && right !== undefined && !isSame(left, right);",
    to: "return !isSame(left, right);",
  },
  {
    what: "times of day do not go round midnight",
    file: "runtime/kernel/operators.ts",
    from: "return less(high, low) ? isPresent",
    to: "return less(low, high) ? isPresent",
  },
  {
    what: "lower knows locales",
    file: "runtime/kernel/operators.ts",
    from: "subject.replace(/[A-Z]/g, (letter) => letter.toLowerCase())",
    to: "subject.toLowerCase()",
  },
];

const access: readonly Fault[] = [
  { what: "tokens do not expire", file: "runtime/access/jwt-claims.ts", from: 'if (now >= exp * 1000 + leeway) return "expired";', to: "" },
  {
    what: "leeway counts against the caller",
    file: "runtime/access/jwt-claims.ts",
    from: "nbf * 1000 <= now + leeway",
    to: "nbf * 1000 <= now - leeway",
  },
  {
    what: "the issuer is not compared",
    file: "runtime/access/jwt-claims.ts",
    from: 'if (payload["iss"] !== settings.issuer) return refused("another issuer");',
    to: "",
  },
  {
    what: "all audiences must be ours",
    file: "runtime/access/jwt-claims.ts",
    from: "named.some((name) => accepted.includes(name))",
    to: "named.every((name) => accepted.includes(name as string))",
  },
  {
    what: "a claim of the wrong type passes",
    file: "runtime/access/jwt-claims.ts",
    from: "if (!fits(type, value)) return",
    to: "if (value === null) return",
  },
  {
    what: "any algorithm passes",
    file: "runtime/access/jwt.ts",
    from: 'if (!settings.algorithms.some((name) => name === token.algorithm)) return refused("the algorithm is not one of the declared");',
    to: "",
  },
  {
    what: "signatures are not checked",
    file: "runtime/access/jwt.ts",
    from: "return isGood ? claimed :",
    to: "return isGood || token.signature.length > 0 ? claimed :",
  },
  {
    what: "two keys of one name are one",
    file: "runtime/access/jwk-selection.ts",
    from: "jwk !== undefined && keys.length === 1 ?",
    to: "jwk !== undefined ?",
  },
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

export const FAULTS: readonly Fault[] = [...lower, ...emit, ...kernel, ...access, ...check];
