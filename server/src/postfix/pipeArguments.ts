import type { Release } from "./release.ts";

/** An argument `name=value` of pipe(8) or spawn(8) in master.cf, or what a `${name}` in a command stands for. */
export interface CommandWordFact {
  readonly name: string;
  readonly summary: string;
  /** Absent: since before 2.10. */
  readonly since?: Release;
  /** An example of the value. */
  readonly example?: string;
}

/** The arguments of pipe(8), `argv` last. See pipe.8 and pipe.c, get_service_attr(). */
export const PIPE_ATTRIBUTES: readonly CommandWordFact[] = [
  { name: "flags", summary: "How the message is changed on its way, one letter for each change.", example: "DRhu" },
  {
    name: "user",
    summary: "The user, perhaps with a group, that the command runs as; neither root nor `mail_owner`. It is needed.",
    example: "vmail:vmail",
  },
  { name: "directory", summary: "The directory that the command starts in.", example: "/var/lib/vmail" },
  { name: "chroot", summary: "The directory that is the root for the command.", example: "/var/lib/vmail" },
  {
    name: "eol",
    summary: "What ends a line of the message, `\\n` without it; such as `\\r\\n`.",
    example: "\\r\\n",
  },
  {
    name: "null_sender",
    summary: "What stands for the empty sender of bounces, `MAILER-DAEMON` without it; it may be empty.",
    example: "",
  },
  { name: "size", summary: "Messages over this size, in bytes, go back to the sender.", example: "10240000" },
  {
    name: "argv",
    summary:
      "The command with its arguments, which no shell sees; it is needed and comes last. Braces hold an argument with blanks together (since 3.0).",
    example: "/usr/bin/command -f ${sender} -- ${recipient}",
  },
];

/** The arguments of spawn(8). See spawn.c, get_service_attr(). */
export const SPAWN_ATTRIBUTES: readonly CommandWordFact[] = [
  {
    name: "user",
    summary: "The user, perhaps with a group, that the command runs as; neither root nor `mail_owner`. It is needed.",
    example: "nobody",
  },
  {
    name: "argv",
    summary: "The command with its arguments, which no shell sees; it is needed and comes last.",
    example: "/usr/bin/command",
  },
];

/** The letters of `flags=`. See pipe.c, get_service_attr(). */
export const PIPE_FLAGS: readonly CommandWordFact[] = [
  { name: "B", summary: "An empty line comes behind the message." },
  {
    name: "D",
    summary:
      "A header `Delivered-To:` comes in front, and a message that has it for the same recipient goes back. Wants `…_destination_recipient_limit = 1`.",
  },
  { name: "F", summary: "A line `From sender time` comes in front, as in a mailbox." },
  {
    name: "O",
    summary: "A header `X-Original-To:` comes in front. Wants `…_destination_recipient_limit = 1`.",
  },
  { name: "R", summary: "A header `Return-Path:` with the sender comes in front." },
  { name: "X", summary: "The command delivers for good: a report of success says delivered instead of relayed." },
  { name: "h", summary: "Domains in the command line are in small letters." },
  { name: "q", summary: "What is special in local parts is quoted in the command line." },
  { name: "u", summary: "Local parts in the command line are in small letters." },
  { name: ".", summary: "Lines that begin with a dot get another one, as in SMTP." },
  { name: ">", summary: "Lines that begin with `From ` get a `>` in front." },
];

/** What `${name}` in the command of pipe(8) stands for. See pipe.c, expand_argv(). */
export const PIPE_MACROS: readonly CommandWordFact[] = [
  { name: "client_address", summary: "The address of the client that sent the message." },
  { name: "client_helo", summary: "What the client said in HELO." },
  { name: "client_hostname", summary: "The name of the client." },
  { name: "client_port", summary: "The port of the client." },
  { name: "client_protocol", summary: "The protocol that the client spoke." },
  { name: "domain", summary: "The domain of the recipient: `domain` of `user+foo@domain`. The flag `h` folds it." },
  { name: "envid", summary: "The envelope ID that the sender gave (ENVID), or nothing.", since: "3.9" },
  {
    name: "extension",
    summary: "The extension of the recipient: `foo` of `user+foo@domain`. One argument for each recipient.",
  },
  {
    name: "mailbox",
    summary: "The local part of the recipient: `user+foo` of `user+foo@domain`. One argument for each recipient.",
  },
  { name: "nexthop", summary: "What stands behind the transport, or else the domain of the recipient." },
  {
    name: "original_recipient",
    summary: "The recipient before aliases and rewriting. One argument for each recipient.",
  },
  { name: "queue_id", summary: "The ID of the message in the queue." },
  { name: "recipient", summary: "The address of the recipient. One argument for each recipient." },
  { name: "sasl_method", summary: "The mechanism of the login with which the message came." },
  { name: "sasl_sender", summary: "The sender that the client gave with AUTH= in MAIL FROM." },
  { name: "sasl_username", summary: "The login with which the message came." },
  {
    name: "sender",
    summary: "The sender of the envelope; for bounces `MAILER-DAEMON`, or what `null_sender=` says.",
  },
  { name: "size", summary: "About how large the message is, in bytes." },
  {
    name: "user",
    summary:
      "The recipient without extension and domain: `user` of `user+foo@domain`. One argument for each recipient.",
  },
];
