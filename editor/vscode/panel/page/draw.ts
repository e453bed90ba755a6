/** Shapes as elements of the page. Promises: texts become text nodes and nothing else. */
import type { Act, Shape } from "../shape.ts";

const SVG = "http://www.w3.org/2000/svg";

export function draw({ tag, attributes, children, act }: Shape, press: (act: Act) => void): SVGElement {
  const element: SVGElement = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  for (const child of children) element.append(typeof child === "string" ? child : draw(child, press));
  if (act !== undefined) {
    element.addEventListener("click", (event) => {
      event.stopPropagation();
      press(act);
    });
    element.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      event.stopPropagation();
      press(act);
    });
  }
  return element;
}

/** Puts a picture in place of the one before; who had the focus by its key keeps it. */
export function show(place: HTMLElement, picture: Shape | undefined, press: (act: Act) => void): void {
  const { activeElement } = document;
  const key = activeElement !== null && place.contains(activeElement) ? activeElement.getAttribute("data-key") : null;
  place.replaceChildren(...(picture === undefined ? [] : [draw(picture, press)]));
  if (key !== null) place.querySelector<SVGElement>(`[data-key="${CSS.escape(key)}"]`)?.focus();
}
