/** What an element may be given: attributes as they stand in HTML; an absent one is undefined. */
export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** Makes an element. Data goes in as text and attributes alone, never as HTML. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    made.setAttribute(name, value === true ? "" : String(value));
  }
  made.append(...children);
  return made;
}

/** A sentence, with what stands between backticks as code. */
export function prose(text: string): readonly (Node | string)[] {
  return text.split(/`([^`]+)`/).map((part, at) => (at % 2 === 1 ? element("code", {}, part) : part));
}

/** A part of the page with a heading. */
export function section(title: string, ...children: readonly (Node | string)[]): HTMLElement {
  const id = `heading-${title.toLowerCase().replace(/\W+/g, "-")}`;
  return element("section", { "aria-labelledby": id }, element("h2", { id }, title), ...children);
}

/** A selection, and the same with its label in front. */
export interface Choice {
  readonly select: HTMLSelectElement;
  readonly parts: readonly HTMLElement[];
}

export function choice(
  label: string,
  { options, chosen, id }: { readonly options: readonly string[]; readonly chosen: string; readonly id: string },
): Choice {
  const select = element("select", { id });
  setOptions(select, options, chosen);
  return { select, parts: [element("label", { for: id }, label), select] };
}

/** Sets what can be chosen, and what is. Equal options stay, so that nobody loses the list that they are going through. */
export function setOptions(select: HTMLSelectElement, options: readonly string[], chosen: string): void {
  const isNew =
    options.length !== select.options.length || options.some((one, at) => select.options[at]?.value !== one);
  if (isNew) select.replaceChildren(...options.map((option) => element("option", { value: option }, option)));
  select.value = chosen;
}

export function button(label: string, onClick: () => void): HTMLButtonElement {
  const made = element("button", { type: "button" }, label);
  made.addEventListener("click", onClick);
  return made;
}
