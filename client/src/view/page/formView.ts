import { FIELD_NAMES, FIELDS, type FieldName, type Fields } from "../fields.ts";
import type { Intent, ViewModel } from "../viewModel.ts";
import { choice, element, setOptions, type Choice } from "./dom.ts";
import { actionButton } from "./resultView.ts";

/** The form in which the message stands. */
export interface FormView {
  readonly root: HTMLElement;
  update(model: ViewModel): void;
}

const CHOOSE = "Choose…";

export function formView(send: (intent: Intent) => void): FormView {
  const controls = makeControls();
  const { preset, saved, service, inputs, tls } = controls;
  const forget = actionButton("forget", send);
  const root = element("form", { "aria-label": "Message" }, ...fieldElements(controls));
  const trace = element("button", { type: "submit", class: "primary" }, "Trace");
  root.append(element("div", { class: "buttons" }, trace, actionButton("save", send), forget));
  const submit = (): void => {
    send({ kind: "message", fields: fieldsIn(controls), service: service.select.value });
  };
  root.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  for (const control of [...inputs.values(), tls, service.select]) control.addEventListener("change", submit);
  whenChosen(preset.select, (title) => {
    send({ kind: "preset", title });
  });
  whenChosen(saved.select, (name) => {
    send({ kind: "saved", name });
  });
  let shown: Fields | undefined;
  return {
    root,
    update(model) {
      setOptions(preset.select, [CHOOSE, ...model.presets], model.preset ?? CHOOSE);
      setOptions(saved.select, [CHOOSE, ...model.saved], model.savedAs ?? CHOOSE);
      setOptions(service.select, model.services, model.service);
      forget.hidden = model.saved.length === 0;
      // What somebody is typing stays, unless another message was taken.
      for (const [name, input] of inputs) {
        if (model.fields[name] !== shown?.[name]) input.value = model.fields[name];
      }
      tls.checked = model.fields.encrypted;
      shown = model.fields;
    },
  };
}

interface Controls {
  readonly preset: Choice;
  readonly saved: Choice;
  readonly service: Choice;
  readonly inputs: ReadonlyMap<FieldName, HTMLInputElement>;
  readonly tls: HTMLInputElement;
}

function makeControls(): Controls {
  return {
    preset: choice("Preset", { options: [CHOOSE], chosen: CHOOSE, id: "preset" }),
    saved: choice("Saved message", { options: [CHOOSE], chosen: CHOOSE, id: "saved" }),
    service: choice("Service", { options: [], chosen: "", id: "service" }),
    inputs: new Map(FIELD_NAMES.map((name) => [name, inputFor(name)])),
    tls: element("input", { type: "checkbox", id: "encrypted" }),
  };
}

/** Each control with its label. */
function fieldElements({ preset, saved, service, inputs, tls }: Controls): readonly HTMLElement[] {
  return [
    ...[preset, saved, service].map(({ parts }) => element("div", { class: "field" }, ...parts)),
    ...[...inputs].map(([name, input]) =>
      element("div", { class: "field" }, element("label", { for: name }, FIELDS[name].label), input),
    ),
    element("div", { class: "field check" }, tls, element("label", { for: "encrypted" }, "TLS")),
  ];
}

function inputFor(name: FieldName): HTMLInputElement {
  return element("input", {
    type: "text",
    id: name,
    placeholder: FIELDS[name].hint,
    autocomplete: "off",
    spellcheck: "false",
  });
}

function fieldsIn({ inputs, tls }: Controls): Fields {
  const texts = Object.fromEntries([...inputs].map(([name, { value }]) => [name, value]));
  return { ...(texts as Record<FieldName, string>), encrypted: tls.checked };
}

function whenChosen(select: HTMLSelectElement, take: (value: string) => void): void {
  select.addEventListener("change", () => {
    if (select.value !== CHOOSE) take(select.value);
  });
}
