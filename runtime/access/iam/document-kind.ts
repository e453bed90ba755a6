/** Where documents come from, as far as that decides what they may say. */

/** `belongs`: the document stands with its principal and names none. `api`: it is the policy of one API, which it may abbreviate. */
export type DocumentKind = { readonly belongs: boolean; readonly api: boolean };

/** Of users, roles and groups, boundaries, session policies, and what authorizers return. */
export const ofCaller: DocumentKind = { belongs: true, api: false };
export const ofEndpoint: DocumentKind = { belongs: false, api: false };
export const ofApi: DocumentKind = { belongs: false, api: true };
