/**
 * Statements as documents of AWS have them: nine of ten allow a role to read what lies below one service, from one network; one of ten
 * denies everybody a secret of its service. A question is a role, a path and an address; half of the calls are allowed.
 */
import { scattered } from "../contest/contender.ts";

export type IamSetup = { readonly statements: number };
export type IamStatement =
  | { readonly effect: "allow"; readonly service: string; readonly role: string; readonly network: string }
  | { readonly effect: "deny"; readonly service: string };
export type IamQuestion = { readonly role: string; readonly service: string; readonly rest: string; readonly address: string };

export function iamStatements({ statements }: IamSetup): readonly IamStatement[] {
  return Array.from({ length: statements }, (_, number) =>
    number % 10 === 9
      ? { effect: "deny", service: service(number - 1) }
      : { effect: "allow", service: service(number), role: role(number), network: `10.${number % 200}.0.0/16` },
  );
}

export function iamQuestion(statements: readonly IamStatement[], number: number): IamQuestion {
  const random = scattered(number);
  const asked = random % statements.length;
  const allow = asked % 10 === 9 ? asked - 1 : asked;
  const isAllowed = number % 2 === 0;
  // A refusal is a caller from elsewhere, one of another service, or a secret.
  const why = isAllowed ? 3 : random % 3;
  return {
    role: role(why === 1 ? allow + 1 : allow),
    service: service(allow),
    rest: why === 2 ? "secret" : `item-${scattered(random) % 1000}`,
    address: `10.${(allow + (why === 0 ? 1 : 0)) % 200}.${random % 250}.7`,
  };
}

/** From the statements themselves, one after the other. */
export function isAllowed(statements: readonly IamStatement[], question: IamQuestion): boolean {
  const applying = statements.filter((one) => {
    if (one.service !== question.service) return false;
    if (one.effect === "deny") return question.rest === "secret";
    return one.role === question.role && question.address.startsWith(one.network.slice(0, one.network.indexOf(".0.0/") + 1));
  });
  return applying.some(({ effect }) => effect === "allow") && !applying.some(({ effect }) => effect === "deny");
}

function service(number: number): string {
  return `service-${number}`;
}

function role(number: number): string {
  return `reader-${number}`;
}
