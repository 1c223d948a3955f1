import type { Configuration } from "../config/configuration.ts";
import type { Project } from "../config/project.ts";
import type { Message } from "../evaluate/message.ts";
import type { Witness } from "../relay/relayAnalysis.ts";
import type { Severity } from "../config/severity.ts";
import type { TextEdit } from "../text/edit.ts";
import type { Location } from "../text/location.ts";

/**
 * A configuration with notes: `#   ^^^ message` says what is found in the line above, `#<--- message` what is found in
 * its first columns, `#- name` begins the next file. The first file is main.cf. The notes are comments to Postfix.
 */
export type Example = string;

/** What is said about one kind of mistake: the tests, the documentation and the settings read the same value. */
export interface RulePage {
  /** Stable, in kebab case, and names the mistake. */
  readonly code: string;
  readonly severity: Severity;
  /** One sentence without a final period. */
  readonly summary: string;
  /** What Postfix does, with the manual page or the C function that says so. Markdown. */
  readonly why: string;
  /** The page of the manual on postfix.org to read next. */
  readonly manual: string;
  /** Gives exactly the findings that its notes say. */
  readonly bad: Example;
  /** Gives no finding of this rule. */
  readonly good: Example;
  /** True of a line whatever the rest of main.cf says: holds in a part of one (`extra.cf`) too. */
  readonly inParts?: true;
}

/** One kind of mistake and how it is found. */
export interface Rule extends RulePage {
  /** Takes longer than a moment: an editor shows what the other rules find before it. */
  readonly slow?: true;
  check(context: RuleContext): Iterable<Finding>;
}

export interface RuleContext {
  readonly project: Project;
  /** One for each SMTP server of master.cf. */
  readonly configurations: readonly Configuration[];
}

/** One mistake at one place. */
export interface Finding {
  readonly at: Location;
  /** What is wrong, in one sentence without a final period. */
  readonly message: string;
  /** Where this mistake weighs less than its rule says. */
  readonly severity?: Severity;
  readonly related?: readonly Related[];
  readonly fix?: Fix;
  /** The services that have the mistake, when others have not. */
  readonly service?: string;
  /** The message that proves it, and the service that takes it. */
  readonly proof?: () => Proof;
  /** The text does nothing: an editor may show it faded. */
  readonly unnecessary?: true;
}

/** The message that proves a finding. */
export interface Proof {
  readonly message: Message;
  readonly configuration: Configuration;
  /** The way in that the message shows. */
  readonly relays?: Witness;
}

export interface Related {
  readonly at: Location;
  readonly message: string;
}

/** A change that makes the finding go away. */
export interface Fix {
  /** An order to the editor: "Declare `x` in …". */
  readonly title: string;
  readonly edits: readonly FileEdits[];
}

interface FileEdits {
  readonly file: string;
  readonly edits: readonly TextEdit[];
}

/** What an unknown restriction comes to. See smtpd_check.c, generic_checks(). */
export const UNKNOWN_RESTRICTION = "whoever gets here is told 451 4.3.5 Server configuration error";
