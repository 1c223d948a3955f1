/** Something about the call is wrong: one line on stderr, exit status 2. */
export class UsageError extends Error {}

/** The exit status of a wrong call, or of a configuration that cannot be read. */
export const WRONG_USE = 2;

/** What every command understands besides. */
const COMMON = `
  --postfix-version X.Y   the release whose behaviour and defaults are meant: 3.5 to 3.12 (default: the newest)
`;

export const USAGE = `postfix-mailflow: see where mail goes through a Postfix configuration

  postfix-mailflow check [PATH...]      findings in Postfix directories, main.cf, master.cf or table files
  postfix-mailflow trace                what happens to one message, step by step
  postfix-mailflow relay                whether a stranger can relay through the server, with the message that does
  postfix-mailflow diff A [B]           what an edit changes for the mail: directories or git revisions
  postfix-mailflow test [PATH...]       mail-flow tests: *.mailflow.yaml beside a configuration
  postfix-mailflow graph                the restriction lists, classes and access maps of a service as a picture
  postfix-mailflow explain NAME         documentation of a parameter, restriction, action, map type or rule
  postfix-mailflow server --stdio       the language server, for any editor

  --postfix-version X.Y                 the release that is meant (3.5 to 3.12)
  --help                                more about a command
`;

export const CHECK_USAGE = `postfix-mailflow check [PATH...] [--format text|json|sarif|github] [--fail-on error|warning|info]
                              [--rule NAME=error|warning|info|hint|off]...

  PATH is a Postfix directory (default: .), or one main.cf, master.cf or table file. A main.cf or master.cf may have
  another name (main.cf.dist); of a part of one (extra.cf), what is wrong whatever the rest says is found.
  --rule says how much the findings of a rule weigh (repeatable; the last one counts).
  Exit status: 0 nothing at or above --fail-on (default warning), 1 something, 2 could not read or wrong use.
${COMMON}`;

export const TRACE_USAGE = `postfix-mailflow trace [--config DIR] [--service NAME] MESSAGE [--format text|json|markdown]

  The message, as the client offers it:
    --client-address ADDRESS   --client-name NAME   --reverse-client-name NAME   --helo NAME
    --sasl-username LOGIN      --sender ADDRESS     --recipient ADDRESS (repeatable)   --encrypted
  or read from something; the options above win over it:
    --log-line LINE|-            a line of the mail log (repeatable): NOQUEUE: reject: RCPT from …, … client=…
                                 The answer then says whether the log says the same.
    --eml FILE|-                 a mail with its headers; --received N takes the Nth Received header from the top
    --swaks 'swaks --to …'       a command line of swaks
  or  --case FILE.json|-         one case as JSON
  or  --batch FILE.jsonl|-       many cases, one per line in, one JSON answer per line out; a directory is read
                                 once for the cases in a row that name it

  --pin 'QUESTION=ANSWER'        fixes what is not known (repeatable), with the words of the trace:
                                 'dns A 8.113.0.203.zen.spamhaus.org=listed'; a domain alone is for all names below it:
                                 zen.spamhaus.org=listed
  --format text|json|markdown    default text; --json is short for json; markdown is for issues and mailing lists
  --no-trace                     leaves the steps out
  --expect accept|reject|defer   exit status 1 when the fate of the first recipient (of any case, in a batch) is another

  --config is the directory of main.cf (default: .), --service an smtpd service of master.cf: smtp, submission, 465,
  127.0.0.1:10025 … (default: the one on port 25); what a case says of them itself comes first.
  Exit status: 0, 1 not as expected, 2 could not read or wrong use; a batch goes on after a case that cannot be read.
${COMMON}`;

export const RELAY_USAGE = `postfix-mailflow relay [--config DIR] [--service NAME] [--json] [--all]

  Whether somebody whom the configuration does not know can send mail to other servers through this one. Each way in is
  shown by a message that gets through; its case in the JSON answer is one for \`trace --case\`.
  Without --service, every smtpd service of master.cf is looked at.
  --all   also who is trusted, whether strangers may use your own addresses as senders, whether mail from outside gets
          in, and whether logins and your own networks may send as anyone (--json always says so)
  Exit status: 0 closed, 1 open, 3 it depends on answers from outside, 2 could not read or wrong use.
${COMMON}`;

export const TEST_USAGE = `postfix-mailflow test [PATH...] [--format text|json|junit|github] [--coverage] [--live] [--watch]

  PATH is a mail-flow test file, or a directory: all *.mailflow.yaml below it (default: .).
  --coverage   which restrictions and table lines the tests came by (--format json always says so)
  --live       asks the installed Postfix as well, and its replies count (Linux, as root)
  --watch      runs them again whenever a file changes
  Exit status: 0 all passed, 1 some failed, 2 some could not be run, or wrong use.
${COMMON}`;

export const GRAPH_USAGE = `postfix-mailflow graph [--config DIR] [--service NAME] [--format mermaid|svg]

  The restriction lists of a service in the order in which they are asked, with classes and access maps (default: the
  service that takes mail from the Internet, as a Mermaid flowchart).
  Exit status: 0, 2 could not read or wrong use.
${COMMON}`;

export const DIFF_USAGE = `postfix-mailflow diff A [B] [--service NAME] [--format text|json|markdown]

  Which messages are treated differently by two configurations, each kind with a message that shows it, the most dangerous
  first. A and B are directories or git revisions: HEAD (this directory, or the other one), HEAD~1:path (a directory from
  the top of the repository). B is the working directory when it is left out.
  --format text|json|markdown    default text; --json is short for json; markdown is for pull requests
  Without --service, every smtpd service is compared with the one of the same name.
  Exit status: 0 no difference was found, 1 there are some, 2 could not read or wrong use.
${COMMON}`;

export const EXPLAIN_USAGE = `postfix-mailflow explain NAME

  NAME is a parameter, restriction, access action, map type, program of master.cf or rule.
  Exit status: 0, 2 nothing is known by that name, or wrong use.
${COMMON}`;

export const SERVER_USAGE = `postfix-mailflow server --stdio [--postfix-version X.Y]

  The language server, for any editor, over standard input and output. The release counts where the editor's settings
  name none.
`;
