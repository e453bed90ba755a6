/** What a program says of those whom its authorizers ask, in the form that the tables have as well. */
export type { AuthorizerSettings, LambdaEvent, RequestPart } from "../../runtime/contract/authorizer.ts";
