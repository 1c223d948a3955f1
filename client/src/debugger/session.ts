import {
  DebugSession,
  InitializedEvent,
  InvalidatedEvent,
  OutputEvent,
  Scope,
  Source,
  StackFrame,
  StoppedEvent,
  TerminatedEvent,
  Thread,
  Variable,
} from "@vscode/debugadapter";
import type { DebugProtocol } from "@vscode/debugprotocol";
import type { Message } from "../../../server/src/evaluate/message.ts";
import type { TraceResult } from "../../../server/src/lsp/protocol.ts";
import { changed, evaluated, isAttribute, parseExpression, valueOf, type Attribute } from "./expression.ts";
import { breaksAt, complaintAbout, type Breakpoint } from "./breakpoints.ts";
import { SCOPES, variablesIn } from "./variables.ts";
import { dialogue, moved, parting, stopsOf, type Move, type Stop } from "./walk.ts";

/** What a launch configuration says. */
export interface LaunchArguments extends DebugProtocol.LaunchRequestArguments {
  /** A file of the configuration. */
  readonly config: string;
  readonly service?: string;
  /** The message, or the title of a preset. */
  readonly message?: Message;
  readonly preset?: string;
  readonly answers?: Readonly<Record<string, string>>;
  /** Whether to stop before the first step; it does unless this is false. */
  readonly stopOnEntry?: boolean;
}

/** What the session needs from outside. */
export interface Port {
  trace(launch: LaunchArguments): Promise<TraceResult | null>;
  /** The path that the editor calls a URI by. */
  pathOf(uri: string): string;
}

/** There is one message, so there is one thread. */
const THREAD = 1;

/** Walks through the trace of a message: forward, backward, and with "what if". */
export class MailflowSession extends DebugSession {
  readonly #port: Port;
  #launch: LaunchArguments = { config: "" };
  #message: Message = { client_address: "" };
  #stops: readonly Stop[] = [];
  #at = 0;
  /** Whether the editor has been told of a stop, or of the end. */
  #began = false;
  /** The paths of the files of the configuration, by name. */
  #paths: ReadonlyMap<string, string> = new Map();
  readonly #breakpoints = new Map<string, readonly Breakpoint[]>();

  constructor(port: Port) {
    super();
    this.#port = port;
    this.setDebuggerLinesStartAt1(false);
    this.setDebuggerColumnsStartAt1(false);
  }

  protected override initializeRequest(response: DebugProtocol.InitializeResponse): void {
    response.body = {
      supportsConfigurationDoneRequest: true,
      supportsConditionalBreakpoints: true,
      supportsEvaluateForHovers: true,
      supportsSetVariable: true,
      supportsStepBack: true,
      supportsRestartRequest: true,
      supportsTerminateRequest: true,
    };
    this.sendResponse(response);
  }

  protected override launchRequest(response: DebugProtocol.LaunchResponse, args: LaunchArguments): void {
    this.#guard(response, async () => {
      this.#launch = args;
      await this.#load(args);
      this.sendResponse(response);
      // Breakpoints are set only now: which lines can have one is known.
      this.sendEvent(new InitializedEvent());
    });
  }

  protected override configurationDoneRequest(response: DebugProtocol.ConfigurationDoneResponse): void {
    this.sendResponse(response);
    this.#begin();
  }

  protected override restartRequest(response: DebugProtocol.RestartResponse): void {
    this.#guard(response, async () => {
      await this.#load(this.#launch);
      this.sendResponse(response);
      this.#begin();
    });
  }

  protected override terminateRequest(response: DebugProtocol.TerminateResponse): void {
    this.sendResponse(response);
    this.sendEvent(new TerminatedEvent());
  }

  protected override setBreakPointsRequest(
    response: DebugProtocol.SetBreakpointsResponse,
    { source, breakpoints: asked = [] }: DebugProtocol.SetBreakpointsArguments,
  ): void {
    const path = source.path ?? "";
    const isPart = [...this.#paths.values()].includes(path);
    const set = asked.map(({ line, condition }) => {
      const complaint = isPart ? complaintAbout(condition) : "This file is no part of the configuration.";
      return { line: this.convertClientLineToDebugger(line), condition, complaint };
    });
    this.#breakpoints.set(
      path,
      set.filter(({ complaint }) => complaint === undefined),
    );
    response.body = {
      breakpoints: set.map(({ line, complaint }) => ({
        verified: complaint === undefined,
        line: this.convertDebuggerLineToClient(line),
        ...(complaint !== undefined && { message: complaint }),
      })),
    };
    this.sendResponse(response);
  }

  protected override threadsRequest(response: DebugProtocol.ThreadsResponse): void {
    response.body = { threads: [new Thread(THREAD, "message")] };
    this.sendResponse(response);
  }

  protected override stackTraceRequest(response: DebugProtocol.StackTraceResponse): void {
    const path = this.#stops[this.#at]?.path ?? [];
    const frames = path.map((step, index) => this.#frame(step, index)).reverse();
    response.body = { stackFrames: frames, totalFrames: frames.length };
    this.sendResponse(response);
  }

  protected override scopesRequest(
    response: DebugProtocol.ScopesResponse,
    { frameId }: DebugProtocol.ScopesArguments,
  ): void {
    response.body = {
      scopes: SCOPES.map((name, index) => new Scope(name, frameId * SCOPES.length + index + 1, false)),
    };
    this.sendResponse(response);
  }

  protected override variablesRequest(
    response: DebugProtocol.VariablesResponse,
    { variablesReference }: DebugProtocol.VariablesArguments,
  ): void {
    const scope = SCOPES[(variablesReference - 1) % SCOPES.length];
    const step = this.#stepOf(Math.floor((variablesReference - 1) / SCOPES.length));
    const found = scope && step ? variablesIn(scope, step, this.#message) : [];
    response.body = { variables: found.map(([name, value]) => new Variable(name, value)) };
    this.sendResponse(response);
  }

  protected override setVariableRequest(
    response: DebugProtocol.SetVariableResponse,
    { name, value }: DebugProtocol.SetVariableArguments,
  ): void {
    this.#guard(response, async () => {
      if (!isAttribute(name)) throw new Error("Only the attributes of the message can be changed.");
      await this.#suppose(name, value);
      response.body = { value: valueOf(this.#message, name) };
      this.sendResponse(response);
      this.#stopInPlace();
    });
  }

  protected override evaluateRequest(
    response: DebugProtocol.EvaluateResponse,
    { expression, context, frameId }: DebugProtocol.EvaluateArguments,
  ): void {
    const parsed = parseExpression(expression);
    if (parsed?.operator === "=" && context === "repl" && isAttribute(parsed.name)) {
      const { name, value = "" } = parsed;
      this.#guard(response, async () => {
        await this.#suppose(name, value);
        response.body = { result: this.#outcome(), variablesReference: 0 };
        this.sendResponse(response);
        this.#stopInPlace();
      });
      return;
    }
    const known = new Map(this.#frameVariables(frameId));
    const result = parsed && evaluated(parsed, known);
    if (result === undefined) {
      // No `showUser`: whatever the mouse rests on comes here, and nobody wants a notification about it.
      this.sendErrorResponse(response, { id: 1, format: `There are: ${[...known.keys()].join(", ")}.` });
      return;
    }
    response.body = { result, variablesReference: 0 };
    this.sendResponse(response);
  }

  protected override nextRequest(response: DebugProtocol.NextResponse): void {
    this.#move(response, "over");
  }

  protected override stepInRequest(response: DebugProtocol.StepInResponse): void {
    this.#move(response, "in");
  }

  protected override stepOutRequest(response: DebugProtocol.StepOutResponse): void {
    this.#move(response, "out");
  }

  protected override stepBackRequest(response: DebugProtocol.StepBackResponse): void {
    this.#move(response, "back");
  }

  protected override continueRequest(response: DebugProtocol.ContinueResponse): void {
    this.sendResponse(response);
    this.#stopAt(this.#nextBreak(this.#at + 1), "breakpoint");
  }

  protected override reverseContinueRequest(response: DebugProtocol.ReverseContinueResponse): void {
    this.sendResponse(response);
    const before = this.#stops.slice(0, this.#at).findLastIndex((stop) => this.#breaks(stop));
    this.#stopAt(Math.max(before, 0), before < 0 ? "entry" : "breakpoint");
  }

  /** The configuration has changed: the same message may go another way now. */
  async reload(): Promise<void> {
    if (!this.#began) return;
    const before = this.#stops;
    try {
      await this.#load({ ...this.#launch, message: this.#message });
    } catch (error) {
      // Half an edit: the walk through the old trace goes on.
      this.sendEvent(new OutputEvent(`${messageOf(error)}\n`, "stderr"));
      return;
    }
    const parts = parting(before, this.#stops);
    if (parts === before.length && parts === this.#stops.length) return;
    this.sendEvent(new OutputEvent(`The configuration has changed.\n${this.#outcome()}\n`));
    this.#stopInPlace();
  }

  async #load(launch: LaunchArguments): Promise<void> {
    const result = await this.#port.trace(launch);
    if (!result)
      throw new Error("This file belongs to no Postfix configuration: there is no main.cf of Postfix above it.");
    if (!result.json || !result.message) throw new Error(result.text.trim());
    const { fatal, trace } = result.json;
    if (fatal) throw new Error(`The server would not start: ${fatal.join("; ")}`);
    const before = this.#stops;
    this.#message = result.message;
    this.#stops = stopsOf(trace?.steps ?? []);
    this.#paths = new Map(Object.entries(result.files).map(([file, uri]) => [file, this.#port.pathOf(uri)]));
    this.#at =
      before.length > 0 ? Math.max(0, Math.min(parting(before, this.#stops), this.#at, this.#stops.length - 1)) : 0;
  }

  /** "What if": goes on with a changed message, from the place where its way parts from the old one. */
  async #suppose(name: Attribute, value: string): Promise<void> {
    await this.#load({ ...this.#launch, message: changed(this.#message, name, value) });
  }

  /** Stops where the way has changed, while a person types: the focus stays there, and with it the cursor. */
  #stopInPlace(): void {
    const stopped: DebugProtocol.StoppedEvent = new StoppedEvent("goto", THREAD);
    stopped.body.preserveFocusHint = true;
    this.sendEvent(stopped);
    this.sendEvent(new InvalidatedEvent(["variables"]));
  }

  /** The step of a frame. After a stop in place the editor may ask for a frame that is gone: the innermost is meant. */
  #stepOf(frame: number): Stop["step"] | undefined {
    const { path } = this.#stops[this.#at] ?? {};
    return path?.[frame] ?? path?.at(-1);
  }

  #frameVariables(frame = Number.MAX_SAFE_INTEGER): readonly (readonly [string, string])[] {
    const step = this.#stepOf(frame);
    return step ? SCOPES.flatMap((scope) => variablesIn(scope, step, this.#message)) : [];
  }

  #outcome(): string {
    const replies = this.#stops.flatMap(({ path, step }) =>
      path.length === 1 && step.reply !== undefined ? [`${step.asked} → ${step.reply}`] : [],
    );
    return replies.join("\n");
  }

  #begin(): void {
    this.#began = true;
    this.#at = 0;
    const [first] = this.#stops;
    if (!first) {
      this.sendEvent(new OutputEvent("No restriction list is asked about this message.\n"));
      this.sendEvent(new TerminatedEvent());
      return;
    }
    this.sendEvent(new OutputEvent(`C: ${first.step.asked}\n`));
    if (this.#launch.stopOnEntry !== false || this.#breaks(first)) this.sendEvent(new StoppedEvent("entry", THREAD));
    else this.#stopAt(this.#nextBreak(1), "breakpoint");
  }

  #move(response: DebugProtocol.Response, move: Move): void {
    this.sendResponse(response);
    this.#stopAt(moved(this.#stops, this.#at, move) ?? (move === "back" ? 0 : undefined), "step");
  }

  /** Stops there; past the end, the last reply is told and the session ends. */
  #stopAt(at: number | undefined, reason: string): void {
    const lines = dialogue(this.#stops, this.#at, at ?? this.#stops.length);
    for (const line of lines) this.sendEvent(new OutputEvent(`${line}\n`));
    if (at === undefined) {
      this.sendEvent(new TerminatedEvent());
      return;
    }
    this.#at = at;
    this.sendEvent(new StoppedEvent(reason, THREAD));
  }

  #nextBreak(from: number): number | undefined {
    const found = this.#stops.findIndex((stop, at) => at >= from && this.#breaks(stop));
    return found < 0 ? undefined : found;
  }

  #breaks({ step }: Stop): boolean {
    return breaksAt(step, this.#message, (file) => this.#breakpoints.get(this.#paths.get(file) ?? "") ?? []);
  }

  #frame(step: Stop["step"], id: number): StackFrame {
    const path = step.file === undefined ? undefined : this.#paths.get(step.file);
    const { line = 0, character = 0 } = step.range?.start ?? {};
    const name = `${step.asked} — ${step.outcome}`;
    if (path === undefined) return new StackFrame(id, name);
    const source = new Source(step.file ?? "", path);
    return new StackFrame(
      id,
      name,
      source,
      this.convertDebuggerLineToClient(line),
      this.convertDebuggerColumnToClient(character),
    );
  }

  /** What goes wrong is the answer. */
  #guard(response: DebugProtocol.Response, run: () => Promise<void>): void {
    run().catch((error: unknown) => {
      this.sendErrorResponse(response, 1, messageOf(error));
    });
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
