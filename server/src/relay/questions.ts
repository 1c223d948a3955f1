import type { Configuration } from "../config/configuration.ts";
import { settingsOf } from "../evaluate/settings.ts";
import { derived } from "../text/derived.ts";
import { encryptions } from "./encryptions.ts";
import { insiderNetworks } from "./insiders.ts";
import {
  LOGIN,
  LOGIN_SENDS,
  INSIDER_SENDS,
  STRANGER_REACHES_USERS,
  STRANGER_SPOOFS,
  type Question,
} from "./question.ts";
import { answer, type RelayAnswer } from "./relayAnalysis.ts";
import { trusted, type Trusted } from "./trusted.ts";

/** What else may be asked of a service, with a message for each yes and a reason for each no. */
export interface Questions {
  /** Whether a stranger may give an address of this server as the sender to its users. */
  readonly spoof: Answered;
  /** Whether ordinary mail from outside gets to users of this server. */
  readonly receive: Answered;
  /** Whether a login may send with an address of this server that is somebody else's. */
  readonly loginAsAnyone: Answered;
  /** Whether a client in mynetworks may. */
  readonly insiderAsAnyone: Answered;
  /** Who may relay, and the word that says so. */
  readonly trusted: readonly Trusted[];
}

/** The answer to one question. */
export interface Answered extends Pick<RelayAnswer, "because" | "witnesses"> {
  readonly answer: "yes" | "no" | "depends";
}

/** Asks everything. */
export const askQuestions = derived((configuration: Configuration): Questions => {
  const takesLogins = settingsOf(configuration).saslEnabled && encryptions(configuration, LOGIN).length > 0;
  const hasInsiders = insiderNetworks(configuration).some(({ isHere }) => !isHere);
  return {
    spoof: ask(configuration, STRANGER_SPOOFS),
    receive: ask(configuration, STRANGER_REACHES_USERS),
    loginAsAnyone: takesLogins ? ask(configuration, LOGIN_SENDS) : no("the service takes no logins"),
    insiderAsAnyone: hasInsiders ? ask(configuration, INSIDER_SENDS) : no("mynetworks names no other machine"),
    trusted: trusted(configuration, takesLogins ? LOGIN : undefined),
  };
});

function no(because: string): Answered {
  return { answer: "no", because, witnesses: [] };
}

function ask(configuration: Configuration, question: Question): Answered {
  const { verdict, because, witnesses } = answer(configuration, question);
  const [first] = witnesses;
  // That a user is there is no condition.
  const isSure = first?.if.every(({ answer: given }) => USUAL.has(given)) ?? false;
  return { answer: isSure ? "yes" : ANSWERS[verdict], because, witnesses };
}

const USUAL: ReadonlySet<string> = new Set(["found", "deliverable"]);

const ANSWERS = { open: "yes", closed: "no", depends: "depends" } as const;
