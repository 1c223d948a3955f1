import type { TraceParams, TraceResult } from "../../../server/src/lsp/protocol.ts";
import type { Preset } from "../../../server/src/features/presets.ts";
import type { ServerRequests } from "../requests.ts";
import { compare } from "./comparison.ts";
import { complaintAbout, fieldsOf, messageWith, type Fields } from "./fields.ts";
import type { Traced } from "./traced.ts";
import { resultModel, type ViewModel } from "./viewModel.ts";

/** Where saved messages are. */
export interface Store {
  all(): Readonly<Record<string, Traced>>;
  put(name: string, traced: Traced | undefined): PromiseLike<void>;
}

/** One message on its way through one configuration, again after each change of either. */
export class TraceSession {
  readonly #requests: Pick<ServerRequests, "send">;
  readonly #store: Store;
  readonly #show: (model: ViewModel) => void;
  readonly #uri: string;
  readonly #configuration: string;
  /** Undefined: still being read; null: the file belongs to no configuration. */
  #presets: readonly Preset[] | null | undefined;
  #services: readonly string[] = [];
  #traced: Traced = { message: { client_address: "" }, answers: {} };
  #result: TraceResult | null = null;
  /** What an edit is compared with: the result since the message was last changed. */
  #before: TraceResult | null = null;
  #runs = 0;

  constructor(
    {
      requests,
      store,
      show,
    }: { requests: Pick<ServerRequests, "send">; store: Store; show: (model: ViewModel) => void },
    { uri, configuration }: { readonly uri: string; readonly configuration: string },
  ) {
    this.#requests = requests;
    this.#store = store;
    this.#show = show;
    this.#uri = uri;
    this.#configuration = configuration;
  }

  get uri(): string {
    return this.#uri;
  }

  /** Whether a file belongs to the configuration. */
  isAbout(uri: string): boolean {
    return uri === this.#uri || Object.values(this.#result?.files ?? {}).includes(uri);
  }

  get traced(): Traced {
    return this.#traced;
  }

  get result(): TraceResult | null {
    return this.#result;
  }

  /** What to call the message. */
  get title(): string {
    const { sender, recipients = [] } = this.#traced.message;
    return `<${sender ?? ""}> → ${recipients.join(", ")}`;
  }

  get model(): ViewModel {
    const saved = this.#store.all();
    return {
      configuration: this.#configuration,
      fields: fieldsOf(this.#traced.message),
      service: this.#traced.service ?? this.#result?.view?.service ?? "",
      services: this.#services,
      presets: (this.#presets ?? []).map(({ title }) => title),
      preset: this.#presets?.find((preset) => isSame(preset, this.#traced))?.title,
      saved: Object.keys(saved).sort(),
      savedAs: Object.entries(saved).find(([, one]) => isSame(one, this.#traced))?.[0],
      notes: this.#traced.notes ?? [],
      kept: { uri: this.#uri, traced: this.#traced },
      ...this.#outcome(),
    };
  }

  /** What the server needs to know to trace the message. */
  get params(): TraceParams {
    const { message, service, answers } = this.#traced;
    return { uri: this.#uri, message, answers, ...(service !== undefined && { service }) };
  }

  /** Begins with a message, or with the first preset. */
  async start(traced?: Traced): Promise<void> {
    await this.#load();
    const [first] = this.#presets ?? [];
    if (traced) await this.trace(traced);
    else if (first) await this.trace({ ...first, answers: {} });
    else this.#show(this.model);
  }

  async trace(traced: Traced): Promise<void> {
    this.#traced = traced;
    this.#before = null;
    await this.#run();
  }

  async takePreset(title: string): Promise<void> {
    const preset = this.#presets?.find((candidate) => candidate.title === title);
    if (preset) await this.trace({ message: preset.message, service: preset.service, answers: this.#traced.answers });
  }

  async takeSaved(name: string): Promise<void> {
    const saved = this.#store.all()[name];
    if (saved) await this.trace(saved);
  }

  async change(fields: Fields, service: string): Promise<void> {
    await this.trace({ ...this.#traced, message: messageWith(fields, this.#traced.message), service });
  }

  async answer(ask: string, answer: string): Promise<void> {
    await this.trace({ ...this.#traced, answers: { ...this.#traced.answers, [ask]: answer } });
  }

  async forgetAnswers(): Promise<void> {
    await this.trace({ ...this.#traced, answers: {} });
  }

  async save(name: string): Promise<void> {
    await this.#store.put(name, this.#traced);
    this.#show(this.model);
  }

  async forget(name: string): Promise<void> {
    await this.#store.put(name, undefined);
    this.#show(this.model);
  }

  /** The configuration has changed. */
  async again(): Promise<void> {
    await this.#load();
    await this.#run();
  }

  /** From now on, edits are compared with the result as it is. */
  accept(): void {
    this.#before = this.#result;
    this.#show(this.model);
  }

  async #load(): Promise<void> {
    const { uri } = this;
    this.#presets = await this.#requests.send("postfixMailflow/presets", { uri });
    this.#services = (await this.#requests.send("postfixMailflow/services", { uri })) ?? [];
  }

  async #run(): Promise<void> {
    const run = ++this.#runs;
    const isWorthIt = complaintAbout(this.#traced.message) === undefined;
    const result = isWorthIt ? await this.#requests.send("postfixMailflow/trace", this.params) : null;
    // A later change has overtaken this one.
    if (run !== this.#runs) return;
    this.#result = result;
    if (result?.view) this.#before ??= result;
    this.#show(this.model);
  }

  #outcome(): Pick<ViewModel, "problem" | "result" | "comparison"> {
    if (this.#presets === undefined) return {};
    if (this.#presets === null) return { problem: NO_CONFIGURATION };
    const problem = complaintAbout(this.#traced.message);
    if (problem !== undefined) return { problem };
    if (!this.#result) return {};
    const result = resultModel(this.#result);
    if (!result) return { problem: this.#result.text.trim() };
    const comparison = this.#before ? compare(this.#before, this.#result) : undefined;
    return { result, ...(comparison && { comparison }) };
  }
}

const NO_CONFIGURATION = "This file belongs to no Postfix configuration: there is no main.cf of Postfix above it.";

function isSame(left: Pick<Traced, "message" | "service">, right: Pick<Traced, "message" | "service">): boolean {
  return JSON.stringify([left.message, left.service]) === JSON.stringify([right.message, right.service]);
}
