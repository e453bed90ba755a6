/**
 * Declared types, resolved when they are first asked for. Promises: each declaration is read once; a type that holds
 * itself is found and named, its findings come once.
 */
import type { Type } from "../../model/types.ts";
import type { Report } from "../report.ts";
import type { TypeDeclaration } from "./type-scope.ts";

/** What a declaration means: a scalar becomes a newtype, which is nominal; records, unions and collections are as if written in place. */
export type TypeResolver = (declaration: TypeDeclaration) => Type;

export function typeResolver(_report: Report): TypeResolver {
  return () => ({ kind: "poison" });
}
