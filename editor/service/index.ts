/** The door of the language service. */
export type * from "./answers.ts";
export { SEMANTIC_MODIFIERS, SEMANTIC_TYPES } from "./answers.ts";
export { createService } from "./create-service.ts";
export { type Cancellation, type EditorHost, NEVER_CANCELLED } from "./host.ts";
export type * from "./pictures.ts";
export { type LinePosition, linePositionOf, offsetOf, type Range, type Spot } from "./places.ts";
export type { Service } from "./service.ts";
