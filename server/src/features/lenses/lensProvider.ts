import type { Project } from "../../config/project.ts";
import type { Location } from "../../text/location.ts";
import type { Span } from "../../text/span.ts";
import type { Traced } from "../traceDocument.ts";

/** A place for a code lens. What it says is found out when it is seen. */
export interface Lens {
  readonly span: Span;
  /** What it is about, for its provider alone. */
  readonly about: string;
}

/** The commands that a client may have for a lens. Without them it has its words alone. */
export type LensCommand = "postfixMailflow.trace" | "postfixMailflow.showReferences";

/** What a lens says and does. */
export interface LensText {
  readonly title: string;
  readonly command?: LensCommand;
  /** The places that `postfixMailflow.showReferences` shows. */
  readonly places?: readonly Location[];
  /** The message that `postfixMailflow.trace` shows; absent: it asks which. */
  readonly trace?: Pick<Traced, "message" | "answers"> & { readonly service: string };
}

/** One kind of code lens. */
export interface LensProvider {
  readonly name: string;
  /** The command without which its lenses are nothing. */
  readonly needs?: LensCommand;
  /** What it says takes a while to find out: not as long as somebody types. */
  readonly isSlow?: true;
  /** Where its lenses stand in a file. Asked after each change: has to be cheap. */
  lenses(project: Project, file: string): Iterable<Lens>;
  /** What the lens about this says; undefined: there is nothing to say any more. */
  text(project: Project, about: string): LensText | undefined;
}
