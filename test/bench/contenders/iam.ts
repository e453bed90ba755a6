/** Engines that decide by documents of statements: principals, resources with wildcards, networks, denies. */
import cedar from "@cedar-policy/cedar-wasm/nodejs";
import { newEnforcer, newModelFromString } from "casbin";
import { preparePolicy } from "../../../runtime/access/iam/policy.ts";
import type { PolicyStatement } from "../../../runtime/contract/iam.ts";
import { type Contender, each, freshText } from "../contest/contender.ts";
import { isAllowed, type IamQuestion, iamQuestion, type IamSetup, type IamStatement, iamStatements } from "../data/iam-statements.ts";

type Decide = (question: IamQuestion) => boolean;

const questions = 200;

function contender(make: (statements: readonly IamStatement[]) => Decide | Promise<Decide>): (setup: IamSetup) => Promise<Contender> {
  return async (setup) => {
    const statements = iamStatements(setup);
    const decide = await make(statements);
    const bad = Array.from({ length: questions }, (_, at) => iamQuestion(statements, at)).find(
      (one) => decide(one) !== isAllowed(statements, one),
    );
    return {
      fresh: (round, inputs) =>
        Array.from({ length: inputs }, (_, at) => {
          const { role, service, rest, address } = iamQuestion(statements, round * 10_000 + at);
          return { role: freshText(role), service: freshText(service), rest: freshText(rest), address: freshText(address) };
        }),
      run: each(decide),
      wrong: bad === undefined ? undefined : `decides wrongly about ${bad.role} at ${bad.service}/${bad.rest} from ${bad.address}`,
    };
  };
}

const api = "arn:aws:execute-api:eu-west-1:111122223333:abc123";
const roleArn = (role: string): string => `arn:aws:iam::111122223333:role/${role}`;

export const contenders = {
  gwl: contender((statements) => {
    const policy = preparePolicy({ version: "2012-10-17", statements: statements.map(documentStatement) }, api);
    return ({ role, service, rest, address }) => {
      const addresses = [address];
      const arn = roleArn(role);
      return (
        policy.effect({
          caller: { kind: "aws", account: "111122223333", arn, role: arn },
          action: "execute-api:Invoke",
          resource: `${api}/prod/GET/${service}/${rest}`,
          keys: (name) => (name === "aws:sourceip" ? addresses : undefined),
        }) === "allow"
      );
    };
  }),
  "cedar-wasm": contender((statements) => {
    const parsed = cedar.preparsePolicySet("iam", { staticPolicies: statements.map(cedarPolicy).join("\n") });
    if (parsed.type !== "success") throw new Error("cedar does not read its policies");
    return ({ role, service, rest, address }) => {
      const answer = cedar.statefulIsAuthorized({
        principal: { type: "Role", id: role },
        action: { type: "Action", id: "Invoke" },
        resource: { type: "Api", id: "abc123" },
        context: { resource: `prod/GET/${service}/${rest}`, ip: { __extn: { fn: "ip", arg: address } } },
        preparsedPolicySetId: "iam",
        entities: [],
      });
      return answer.type === "success" && answer.response.decision === "allow";
    };
  }),
  casbin: contender(async (statements) => {
    const enforcer = await newEnforcer(newModelFromString(casbinModel));
    await enforcer.addPolicies(
      statements.map((one) =>
        one.effect === "deny"
          ? ["*", `prod/GET/${one.service}/secret`, "0.0.0.0/0", "deny"]
          : [one.role, `prod/GET/${one.service}/*`, one.network, "allow"],
      ),
    );
    return ({ role, service, rest, address }) => enforcer.enforceSync(role, `prod/GET/${service}/${rest}`, address);
  }),
};

function documentStatement(one: IamStatement): PolicyStatement {
  const actions = { not: false, items: ["execute-api:Invoke"] };
  const resources = (path: string): PolicyStatement["resources"] => ({ not: false, items: [`execute-api:/*/GET/${one.service}/${path}`] });
  if (one.effect === "deny") {
    const everybody = { not: false, items: [{ kind: "anyone" as const }] };
    return { effect: "deny", principals: everybody, actions, resources: resources("secret"), conditions: [] };
  }
  return {
    effect: "allow",
    principals: { not: false, items: [{ kind: "arn", arn: roleArn(one.role) }] },
    actions,
    resources: resources("*"),
    conditions: [{ operator: "IpAddress", ifExists: false, key: "aws:sourceip", values: [one.network] }],
  };
}

function cedarPolicy(one: IamStatement): string {
  const below = (path: string): string => `context.resource like "*/GET/${one.service}/${path}"`;
  if (one.effect === "deny") return `forbid(principal, action == Action::"Invoke", resource) when { ${below("secret")} };`;
  const inside = `context.ip.isInRange(ip("${one.network}"))`;
  return `permit(principal == Role::"${one.role}", action == Action::"Invoke", resource) when { ${below("*")} && ${inside} };`;
}

const casbinModel = `
[request_definition]
r = sub, obj, ip
[policy_definition]
p = sub, obj, net, eft
[policy_effect]
e = some(where (p.eft == allow)) && !some(where (p.eft == deny))
[matchers]
m = (p.sub == "*" || r.sub == p.sub) && keyMatch(r.obj, p.obj) && ipMatch(r.ip, p.net)
`;
