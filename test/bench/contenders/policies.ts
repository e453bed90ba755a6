/** Engines of policies and libraries of closures, asked whether a caller with some groups may call a route. */
import { createMongoAbility, type RawRuleOf, subject, type MongoAbility } from "@casl/ability";
import cedar from "@cedar-policy/cedar-wasm/nodejs";
import { newEnforcer, newModelFromString } from "casbin";
import jsonLogic, { type RulesLogic } from "json-logic-js";
import { type Contender, each, freshText } from "../contest/contender.ts";
import { type PolicySetup, type Question, question, type RouteGroups, routeGroups } from "../data/group-rules.ts";
import { compiledRules } from "./compiled-rules.ts";

type Decide = (question: Question) => boolean;

const questions = 300;

function contender(
  make: (routes: RouteGroups, setup: PolicySetup) => Decide | Promise<Decide>,
): (setup: PolicySetup) => Promise<Contender> {
  return async (setup) => {
    const routes = routeGroups(setup);
    const decide = await make(routes, setup);
    const sets = routes.map((groups) => new Set(groups));
    const bad = Array.from({ length: questions }, (_, at) => question(routes, at)).find(
      (one) => decide(one) !== one.groups.some((group) => sets[one.route]?.has(group)),
    );
    return {
      fresh: (round, inputs) =>
        Array.from({ length: inputs }, (_, at) => {
          const { route, groups } = question(routes, round * 10_000 + at);
          return { route, groups: groups.map(freshText) };
        }),
      run: each(decide),
      wrong: bad === undefined ? undefined : `route ${bad.route} is decided wrongly for ${bad.groups.join(", ")}`,
    };
  };
}

export const contenders = {
  gwl: contender((_, setup) => compiledRules(setup)),
  "cedar-wasm": contender((routes) => {
    const policies = routes.flatMap((groups, route) =>
      groups.map((group) => `permit(principal, action == Action::"r${route}", resource) when { context.groups.contains("${group}") };`),
    );
    const parsed = cedar.preparsePolicySet("bench", { staticPolicies: policies.join("\n") });
    if (parsed.type !== "success") throw new Error("cedar does not read its policies");
    return ({ route, groups }) => {
      const answer = cedar.statefulIsAuthorized({
        principal: { type: "User", id: "u" },
        action: { type: "Action", id: `r${route}` },
        resource: { type: "Gateway", id: "g" },
        context: { groups: [...groups] },
        preparsedPolicySetId: "bench",
        entities: [],
      });
      return answer.type === "success" && answer.response.decision === "allow";
    };
  }),
  casbin: contender(async (routes) => {
    const model = newModelFromString(casbinModel);
    const enforcer = await newEnforcer(model);
    const rules = routes.flatMap((groups, route) => groups.map((group) => [group, `r${route}`]));
    await enforcer.addPolicies(rules);
    await enforcer.addFunction("has", (groups: readonly string[], group: string) => groups.includes(group));
    return ({ route, groups }) => enforcer.enforceSync({ groups }, `r${route}`);
  }),
  casl: contender((routes) => {
    const rules = routes.flatMap((groups, route) =>
      groups.map((group): RawRuleOf<MongoAbility> => ({ action: "call", subject: `r${route}`, conditions: { groups: { $in: [group] } } })),
    );
    const ability = createMongoAbility(rules);
    const names = routes.map((_, route) => `r${route}`);
    return ({ route, groups }) => ability.can("call", subject(names[route] ?? "", { groups: [...groups] }) as never);
  }),
  "json-logic": contender((routes) => {
    const logics = routes.map((groups): RulesLogic => ({ or: groups.map((group) => ({ in: [group, { var: "groups" }] })) }));
    return ({ route, groups }) => jsonLogic.apply(logics[route] ?? false, { groups }) === true;
  }),
};

const casbinModel = `
[request_definition]
r = sub, obj
[policy_definition]
p = sub, obj
[policy_effect]
e = some(where (p.eft == allow))
[matchers]
m = r.obj == p.obj && has(r.sub.groups, p.sub)
`;
