import { explain } from "../evaluate/explain.ts";
import type { Assumption } from "../evaluate/explore.ts";
import type { Message } from "../evaluate/message.ts";
import { places } from "../evaluate/report.ts";
import type { Project } from "../config/project.ts";
import type { RelayAnswer } from "../relay/relayAnalysis.ts";
import type { Range } from "../text/lineIndex.ts";
import { hasDifference, type Comparison, type LoneService } from "./compare.ts";
import { isDifferent, type ServiceDifference } from "./compareServices.ts";
import { NOT_EXPLORED } from "./comparisonText.ts";
import type { DifferenceClass } from "./differenceClasses.ts";
import { outcomeOf, type Change, type Outcome } from "./outcome.ts";

/** A comparison as JSON: what other programs rely on. */
export interface ComparisonReport {
  readonly different: boolean;
  readonly services: readonly ServiceReport[];
  readonly added: readonly LoneReport[];
  readonly removed: readonly LoneReport[];
  readonly notExplored: string;
}

interface LoneReport extends VerdictReport {
  readonly service: string;
}

interface VerdictReport {
  readonly verdict: RelayAnswer["verdict"];
  readonly because: string;
}

interface ServiceReport {
  readonly service: string;
  readonly different: boolean;
  readonly relay: { readonly before: VerdictReport; readonly after: VerdictReport };
  readonly fatal: { readonly before: string | null; readonly after: string | null };
  readonly classes: readonly ClassReport[];
  readonly explored: { readonly messages: number; readonly cut: boolean };
}

interface ClassReport {
  readonly change: Change;
  readonly who: readonly string[];
  readonly senders: readonly string[];
  readonly recipients: readonly string[];
  readonly message: Message;
  readonly if: readonly Assumption[];
  readonly before: SideReport;
  readonly after: SideReport;
}

interface SideReport extends Outcome {
  readonly by?: {
    readonly restriction: string;
    readonly because: string;
    readonly file?: string;
    readonly range?: Range;
  };
}

/** Makes the JSON of a comparison. */
export function comparisonReport(comparison: Comparison): ComparisonReport {
  const { services, added, removed } = comparison;
  return {
    different: hasDifference(comparison),
    services: services.map((service) => serviceReport(comparison, service)),
    added: added.map(loneReport),
    removed: removed.map(loneReport),
    notExplored: NOT_EXPLORED,
  };
}

function loneReport({ name, relay }: LoneService): LoneReport {
  return { service: name, ...verdictReport(relay) };
}

function verdictReport({ verdict, because }: RelayAnswer): VerdictReport {
  return { verdict, because };
}

function serviceReport(comparison: Comparison, service: ServiceDifference): ServiceReport {
  const { after, relay, fatal, classes, messages, cut } = service;
  return {
    service: after.service.name,
    different: isDifferent(service),
    relay: { before: verdictReport(relay.before), after: verdictReport(relay.after) },
    fatal: { before: fatal.before ?? null, after: fatal.after ?? null },
    classes: classes.map((one) => classReport(comparison, one)),
    explored: { messages, cut },
  };
}

function classReport({ before, after }: Comparison, one: DifferenceClass): ClassReport {
  const { change, who, senders, recipients, witness } = one;
  const { message, if: conditions } = witness;
  const sides = { before: sideReport(before, one, "before"), after: sideReport(after, one, "after") };
  return { change, who, senders, recipients, message, if: conditions, ...sides };
}

function sideReport(project: Project, { witness }: DifferenceClass, side: "before" | "after"): SideReport {
  const step = witness.parting?.[side];
  const outcome = outcomeOf(witness[side]);
  if (!step) return outcome;
  const place = places(project)(step.entry ?? step.at);
  return { ...outcome, by: { restriction: step.asked, because: explain(step.because), ...place } };
}
