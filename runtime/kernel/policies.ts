/** IAM documents as the kernel knows them: a handler whose program has some brings what asks them. */
import type { TableData } from "../contract/table-data.ts";
import type { Policies } from "./call.ts";

/** `api`: partition, region, account and id of the API; empty where the program does not say. */
export type StartPolicies = (data: TableData, api: readonly unknown[], problems: string[]) => Policies;

const none: readonly number[] = [];
export const noPolicies: Policies = { applying: () => none, awsAllows: () => false, awsTable: () => false, mayAct: () => false };
