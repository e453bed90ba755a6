/**
 * The layout of `routeTree` and `routeCandidates`: paths of routes as a tree of texts, walked character by character.
 *
 * A node of `routeTree`: how many code units its text has; these; then `treeFields`; then children by the code unit that leads to them. After a
 * count `n` above 0 stand the lowest code unit and `n` children, one for each code unit from there on, 0: none. `-n`: `n` pairs of
 * code unit and child. Children and nodes behind parameters come later than the node itself, so every walk ends. Node 0 is the
 * root, before the first slash.
 *
 * `routeCandidates`: `columns` words for each set of routes whose paths have one shape: where the routes that answer each of
 * `requestMethods` are listed, the most specific method first (D5), and then all of them; 0: none. Lists end with `listEnd`.
 */

/** What `ANY` stands for, in the order in which `Allow` names them. */
export const requestMethods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;

/** Sets of candidates, plus 1, of paths that end at the node, and of those whose rest begins there; nodes behind a typed parameter and a plain one; or 0. */
export const treeFields = { ends: 0, rests: 1, typed: 2, plain: 3, count: 4 } as const;
export const treeFieldCount = 5;

export const columns = requestMethods.length + 1;
export const allColumn = requestMethods.length;
export const listEnd = 0xffff_ffff;
