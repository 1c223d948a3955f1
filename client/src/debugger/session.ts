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
import type { StepReport } from "../../../server/src/evaluate/report.ts";
import type { TraceResult } from "../../../server/src/lsp/protocol.ts";
import { messageOf } from "../../../server/src/text/messageOf.ts";
import { changed, isAttribute, parseExpression, valueOf, type Attribute } from "./expression.ts";
import { afterEdit, breaksAt, complaintAbout, type Breakpoint, type TextEdit } from "./breakpoints.ts";
import {
  referenceTo,
  stepAt,
  valueIn,
  variablesBehind,
  variablesOf,
  type Position,
  type Standing,
} from "./inspection.ts";
import type { LaunchArguments } from "./launchArguments.ts";
import { AS_BEFORE, newsOf, NOTHING_NEW, NOWHERE, outcomeOf, tracedWalk } from "./tracedWalk.ts";
import { turns } from "./turns.ts";
import { SCOPES } from "./variables.ts";
import { dialogue, moved, parting, stopFrom, type Move, type Stop } from "./walk.ts";

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
  #walk = NOWHERE;
  #at = 0;
  /** Why the configuration as it is now cannot be walked through. */
  #complaint: string | undefined;
  /** Whether the editor has been told of a stop, or of the end. */
  #began = false;
  readonly #breakpoints = new Map<string, readonly Breakpoint[]>();
  /** Whether a file of the walk was edited since it was made. */
  #isEdited = false;
  /** A walk that is still being made is not left, and none overtakes a newer one. */
  readonly #inTurn = turns();

  constructor(port: Port) {
    super();
    this.#port = port;
    this.setDebuggerLinesStartAt1(false);
    this.setDebuggerColumnsStartAt1(false);
  }

  protected override initializeRequest(response: DebugProtocol.InitializeResponse): void {
    this.#answer(response, {
      supportsConfigurationDoneRequest: true,
      supportsConditionalBreakpoints: true,
      supportsEvaluateForHovers: true,
      supportsSetVariable: true,
      supportsStepBack: true,
      supportsRestartRequest: true,
      supportsTerminateRequest: true,
    });
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
    const isPart = [...this.#walk.paths.values()].includes(path);
    const set = asked.map(({ line, condition }) => ({
      line: this.convertClientLineToDebugger(line),
      condition,
      complaint: isPart ? complaintAbout(condition) : "This file is no part of the configuration.",
    }));
    this.#breakpoints.set(path, set);
    this.#answer(response, {
      breakpoints: set.map(({ line, complaint: message }) => ({
        verified: message === undefined,
        line: this.convertDebuggerLineToClient(line),
        ...(message !== undefined && { message }),
      })),
    });
  }

  protected override threadsRequest(response: DebugProtocol.ThreadsResponse): void {
    this.#answer(response, { threads: [new Thread(THREAD, "message")] });
  }

  protected override stackTraceRequest(response: DebugProtocol.StackTraceResponse): void {
    const { path = [] } = this.#walk.stops[this.#at] ?? {};
    const frames = path.map((step, index) => this.#frame(step, index)).reverse();
    this.#answer(response, { stackFrames: frames, totalFrames: frames.length });
  }

  protected override scopesRequest(
    response: DebugProtocol.ScopesResponse,
    { frameId }: DebugProtocol.ScopesArguments,
  ): void {
    this.#answer(response, { scopes: SCOPES.map((name, at) => new Scope(name, referenceTo(frameId, at), false)) });
  }

  protected override variablesRequest(
    response: DebugProtocol.VariablesResponse,
    { variablesReference }: DebugProtocol.VariablesArguments,
  ): void {
    const found = variablesBehind(this.#standing, variablesReference);
    this.#answer(response, { variables: found.map(([name, value]) => new Variable(name, value)) });
  }

  protected override setVariableRequest(
    response: DebugProtocol.SetVariableResponse,
    { name, value }: DebugProtocol.SetVariableArguments,
  ): void {
    if (isAttribute(name)) {
      this.#suppose(response, { name, value }, () => {
        response.body = { value: valueOf(this.#walk.message, name) };
      });
    } else this.sendErrorResponse(response, 1, "Only the attributes of the message can be changed.");
  }

  protected override evaluateRequest(
    response: DebugProtocol.EvaluateResponse,
    { expression, context, frameId }: DebugProtocol.EvaluateArguments,
  ): void {
    const parsed = parseExpression(expression);
    if (parsed?.operator === "=" && context === "repl" && isAttribute(parsed.name)) {
      const { name, value = "" } = parsed;
      this.#suppose(response, { name, value }, () => {
        response.body = { result: outcomeOf(this.#walk), variablesReference: 0 };
      });
      return;
    }
    const value = valueIn(this.#standing, expression, frameId);
    if (value) {
      this.#answer(response, value);
      return;
    }
    // No `showUser`: whatever the mouse rests on comes here, and nobody wants a notification about it.
    const names = [...variablesOf(this.#standing, frameId).keys(), "the names of steps"];
    this.sendErrorResponse(response, { id: 1, format: `There are: ${names.join(", ")}.` });
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
    this.#goOn(response, () => {
      this.#stopAt(this.#nextBreak(this.#at + 1), "breakpoint");
    });
  }

  protected override reverseContinueRequest(response: DebugProtocol.ReverseContinueResponse): void {
    this.#goOn(response, () => {
      const before = this.#walk.stops.slice(0, this.#at).findLastIndex((stop) => this.#breaks(stop));
      this.#stopAt(Math.max(before, 0), before < 0 ? "entry" : "breakpoint");
    });
  }

  /** A file is edited: until it is saved, the editor does not tell where its breakpoints are now. */
  edited(path: string, edits: readonly TextEdit[]): void {
    const breakpoints = this.#breakpoints.get(path);
    if (breakpoints) this.#breakpoints.set(path, edits.reduce(afterEdit, breakpoints));
    this.#isEdited ||= [...this.#walk.paths.values()].includes(path);
  }

  /** The step that stands at a place of a file, for those who point at it. */
  stepAt(path: string, position: Position): StepReport | undefined {
    return stepAt(this.#walk, path, position);
  }

  /** The configuration has changed: the same message may go another way now, or the same way through other lines. */
  reload(): Promise<void> {
    return this.#inTurn(() => this.#reload());
  }

  async #reload(): Promise<void> {
    if (!this.#began) return;
    this.#isEdited = false;
    const [before, complaint] = [this.#walk, this.#complaint];
    try {
      await this.#load({ ...this.#launch, message: before.message });
    } catch (error) {
      // Half an edit: the walk through the old trace goes on.
      this.#complaint = messageOf(error);
      if (this.#complaint !== complaint) this.#say(`${this.#complaint}\n${AS_BEFORE}`, "stderr");
      return;
    }
    this.#complaint = undefined;
    const news = newsOf(before, this.#walk) ?? (complaint === undefined ? undefined : NOTHING_NEW);
    if (news !== undefined) this.#stopInPlace(news);
  }

  async #load(launch: LaunchArguments): Promise<void> {
    const { stops: before } = this.#walk;
    this.#walk = tracedWalk(await this.#port.trace(launch), (uri) => this.#port.pathOf(uri));
    const last = this.#walk.stops.length - 1;
    this.#at = before.length > 0 ? Math.max(0, Math.min(parting(before, this.#walk.stops), this.#at, last)) : 0;
  }

  /** "What if": goes on with a changed message, from the place where its way parts from the old one. */
  #suppose(
    response: DebugProtocol.Response,
    { name, value }: { readonly name: Attribute; readonly value: string },
    answer: () => void,
  ): void {
    this.#guard(response, async () => {
      await this.#load({ ...this.#launch, message: changed(this.#walk.message, name, value) });
      answer();
      this.sendResponse(response);
      this.#stopInPlace();
    });
  }

  /** Stops where the way has changed, while a person types: the focus stays there, and with it the cursor. */
  #stopInPlace(news?: string): void {
    if (news !== undefined) this.#say(news, "console");
    const stopped: DebugProtocol.StoppedEvent = new StoppedEvent("goto", THREAD);
    stopped.body.preserveFocusHint = true;
    this.sendEvent(stopped);
    this.sendEvent(new InvalidatedEvent(["variables"]));
  }

  get #standing(): Standing {
    return { walk: this.#walk, at: this.#at };
  }

  #begin(): void {
    this.#began = true;
    this.#at = 0;
    const [first] = this.#walk.stops;
    if (!first) {
      this.#say("No restriction list is asked about this message.", "console");
      this.sendEvent(new TerminatedEvent());
      return;
    }
    this.#say(`C: ${first.step.asked}`, "stdout");
    if (this.#launch.stopOnEntry !== false || this.#breaks(first)) this.sendEvent(new StoppedEvent("entry", THREAD));
    else this.#stopAt(this.#nextBreak(1), "breakpoint");
  }

  #move(response: DebugProtocol.Response, move: Move): void {
    this.#goOn(response, () => {
      this.#stopAt(moved(this.#walk.stops, this.#at, move) ?? (move === "back" ? 0 : undefined), "step");
    });
  }

  /** Goes on, through the configuration as it is now: whoever types and goes on at once is ahead of the server's word of the edit. */
  #goOn(response: DebugProtocol.Response, go: () => void): void {
    void this.#inTurn(async () => {
      if (this.#isEdited) await this.#reload();
      this.sendResponse(response);
      go();
    });
  }

  /** Stops there; past the end, the last reply is told and the session ends. */
  #stopAt(at: number | undefined, reason: string): void {
    const lines = dialogue(this.#walk.stops, this.#at, at ?? this.#walk.stops.length);
    for (const line of lines) this.#say(line, "stdout");
    if (at === undefined) this.sendEvent(new TerminatedEvent());
    else {
      this.#at = at;
      this.sendEvent(new StoppedEvent(reason, THREAD));
    }
  }

  #nextBreak(from: number): number | undefined {
    return stopFrom(this.#walk.stops, from, (stop) => this.#breaks(stop));
  }

  #breaks({ step }: Stop): boolean {
    return breaksAt(step, this.#walk.message, (file) => this.#breakpoints.get(this.#walk.paths.get(file) ?? "") ?? []);
  }

  #frame(step: Stop["step"], id: number): StackFrame {
    const { line = 0, character = 0 } = step.range?.start ?? {};
    const path = this.#walk.paths.get(step.file ?? "");
    const name = `${step.asked} — ${step.outcome}`;
    if (path === undefined) return new StackFrame(id, name);
    const [row, column] = [this.convertDebuggerLineToClient(line), this.convertDebuggerColumnToClient(character)];
    return new StackFrame(id, name, new Source(step.file ?? "", path), row, column);
  }

  #say(text: string, category: "console" | "stdout" | "stderr"): void {
    this.sendEvent(new OutputEvent(`${text}\n`, category));
  }

  #answer<Response extends DebugProtocol.Response>(response: Response, body: Response["body"]): void {
    response.body = body;
    this.sendResponse(response);
  }

  /** What goes wrong is the answer. */
  #guard(response: DebugProtocol.Response, run: () => Promise<void>): void {
    void this.#inTurn(() =>
      run().catch((error: unknown) => {
        this.sendErrorResponse(response, 1, messageOf(error));
      }),
    );
  }
}
