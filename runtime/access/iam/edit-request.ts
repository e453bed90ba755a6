/**
 * What an edit of the gateway itself is to IAM documents: who changes what, with which tags. `aws:ResourceTag/KEY` is what the edited thing
 * has, `aws:RequestTag/KEY` and `aws:TagKeys` what the edit sends. Calls of an API have only the first.
 */
import type { ConditionKeys, PolicyCaller, PolicyRequest } from "../../contract/iam.ts";

type Tags = Readonly<Record<string, string>>;

export type Edit = {
  readonly caller: PolicyCaller;
  /** `apigateway:PATCH` */
  readonly action: string;
  /** `arn:aws:apigateway:eu-west-1::/restapis/abc123/stages/prod` */
  readonly resource: string;
  /** Of the thing and of all that it is part of, outermost first: what a stage says goes before what its API says. */
  readonly resourceTags: readonly Tags[];
  /** Absent: the edit says nothing of tags. */
  readonly requestTags?: Tags;
  /** All other condition keys, by lower-case name. */
  readonly keys: ConditionKeys;
};

export function editRequest({ caller, action, resource, resourceTags, requestTags = {}, keys }: Edit): PolicyRequest {
  const tags = new Map<string, readonly string[]>();
  for (const level of resourceTags)
    for (const [key, value] of Object.entries(level)) tags.set(`aws:resourcetag/${key.toLowerCase()}`, [value]);
  for (const [key, value] of Object.entries(requestTags)) tags.set(`aws:requesttag/${key.toLowerCase()}`, [value]);
  if (Object.keys(requestTags).length > 0) tags.set("aws:tagkeys", Object.keys(requestTags));
  const isOfTags = /^aws:(?:resourcetag\/|requesttag\/|tagkeys$)/;
  return { caller, action, resource, keys: (name) => (isOfTags.test(name) ? tags.get(name) : keys(name)) };
}
