/** The form "try a request". Promises: only what the program has is offered; a mistake is said at its field. */
import type { CallForm, TriedCall } from "../../../lsp/extra.ts";
import { claimsExample, type Fields, readForm } from "../read-form.ts";

export type FormPart = {
  readonly fields: () => Fields;
  readonly offer: (form: CallForm | null) => void;
  readonly fill: (route: string, caller: string, from: string) => void;
  readonly focus: () => void;
};

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
const NAMES = [
  "method",
  "target",
  "from",
  "identity",
  "claims",
  "headers",
  "body",
  "at",
  "stage",
] as const satisfies readonly (keyof Fields)[];
type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

export function formPart(place: HTMLElement, ask: (call: TriedCall) => void, changed: () => void, kept: unknown): FormPart {
  let offered: CallForm | null = null;
  const fields = (): Fields => {
    const values: Record<string, string> = {};
    for (const name of NAMES) values[name] = field(place, name).value;
    return values as Fields;
  };
  options(field(place, "method"), METHODS, METHODS);
  if (typeof kept === "object" && kept !== null) restore(place, kept);
  const claimsOf = (identity: string): string => {
    const claims = offered?.identities.find(({ name }) => name === identity)?.claims;
    return claims === undefined ? "" : claimsExample(claims);
  };
  place.addEventListener("input", changed);
  field(place, "identity").addEventListener("change", () => {
    field(place, "claims").value = claimsOf(field(place, "identity").value);
    changed();
  });
  place.addEventListener("submit", (event) => {
    event.preventDefault();
    const reading = readForm(fields());
    complain(place, reading.ok ? undefined : reading);
    if (reading.ok) ask(reading.call);
  });
  return {
    fields,
    offer: (form) => {
      offered = form;
      const identities = form?.identities.map(({ name }) => name) ?? [];
      options(field(place, "identity"), ["", ...identities], ["nobody", ...identities]);
      options(field(place, "stage"), form?.stages ?? [], form?.stages ?? []);
      const stage = place.querySelector<HTMLElement>(".stage");
      if (stage !== null) stage.hidden = (form?.stages.length ?? 0) === 0;
    },
    fill: (route, caller, from) => {
      const [method = "GET", path = "/"] = route.split(" ");
      field(place, "method").value = method === "ANY" ? "GET" : method;
      field(place, "target").value = path;
      field(place, "from").value = from;
      const isKnown = offered?.identities.some(({ name }) => name === caller) ?? false;
      field(place, "identity").value = isKnown ? caller : "";
      field(place, "claims").value = isKnown ? claimsOf(caller) : "";
      changed();
      field(place, "target").focus();
    },
    focus: () => field(place, "target").focus(),
  };
}

function field(place: HTMLElement, name: string): Field {
  const found = place.querySelector<Field>(`[name="${name}"]`);
  if (found === null) throw new Error(`the form has no field ${name}`);
  return found;
}

function restore(place: HTMLElement, kept: object): void {
  const values: Readonly<Record<string, unknown>> = { ...kept };
  for (const name of NAMES) {
    const value = values[name];
    if (typeof value === "string") field(place, name).value = value;
  }
}

/** What was chosen stays, where it is still offered. */
function options(select: Field, values: readonly string[], texts: readonly string[]): void {
  const { value: chosen } = select;
  const made = values.map((value, at) => {
    const option = document.createElement("option");
    option.value = value;
    option.textContent = texts[at] ?? value;
    return option;
  });
  select.replaceChildren(...made);
  if (values.includes(chosen)) select.value = chosen;
}

function complain(place: HTMLElement, mistake: { readonly field: keyof Fields; readonly why: string } | undefined): void {
  for (const name of NAMES) field(place, name).removeAttribute("aria-invalid");
  const told = place.querySelector<HTMLElement>("#mistake");
  if (told !== null) {
    told.textContent = mistake?.why ?? "";
    told.hidden = mistake === undefined;
  }
  if (mistake === undefined) return;
  const wrong = field(place, mistake.field);
  wrong.setAttribute("aria-invalid", "true");
  wrong.focus();
}
