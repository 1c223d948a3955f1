import { test } from "node:test";
import { inputFromMail } from "../../server/src/evaluate/inputs/mail.ts";
import { complains, gives, NO_NAME, type Expected } from "./gives.ts";

const MAIL = [
  "Return-Path: <News@Example.Net>",
  "X-Original-To: info@example.com",
  "Delivered-To: joe@example.com",
  "Received: from helo.example (mail.example.net [203.0.113.8])",
  "\t(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)",
  "\t key-exchange X25519 server-signature RSA-PSS (2048 bits))",
  "\t(No client certificate requested)",
  "\t(Authenticated sender: joe (home))",
  "\tby mx.example.com (Postfix) with ESMTPSA id 4XvTnK1b9Dz3mq",
  "\tfor <all@example.com>; Thu, 21 Nov 2024 20:55:00 +0100 (CET)",
  "received: from by (unknown [IPv6:2001:db8::8]) by mx2.example.net (Postfix) with ESMTP id A;",
  " Thu, 21 Nov 2024 20:54:00 +0100",
  "Received: by pc.example.net (Postfix, from userid 1000) id B; Thu, 21 Nov 2024 20:53:00 +0100",
  "From: somebody@else.example",
  "",
  "Received: from nowhere ([192.0.2.1]) by body",
];

test("a mail: the topmost Received header, folded, with TLS, login and recipient", () => {
  for (const end of ["\n", "\r\n"]) {
    gives(inputFromMail(MAIL.join(end)), {
      message: {
        client_address: "203.0.113.8",
        client_name: "mail.example.net",
        reverse_client_name: "mail.example.net",
        helo: "helo.example",
        protocol: "ESMTP",
        encrypted: true,
        sasl_username: "joe (home)",
        sender: "News@Example.Net",
        recipients: ["all@example.com"],
      },
      notes: [/Received header 1 of 3, added by mx\.example\.com,/],
    });
  }
});

test("a mail: another Received header, an unknown client, the recipient from another header", () => {
  gives(inputFromMail(MAIL.join("\n"), 2), {
    message: {
      client_address: "2001:db8::8",
      client_name: null,
      helo: "by",
      protocol: "ESMTP",
      encrypted: false,
      sasl_username: null,
      sender: "News@Example.Net",
      recipients: ["info@example.com"],
    },
    notes: [/header 2 of 3/, NO_NAME, /X-Original-To/],
  });
  gives(inputFromMail(MAIL.join("\n"), 3), {
    message: { sender: "News@Example.Net", recipients: ["info@example.com"] },
    notes: [
      /header 3 of 3/,
      /header 1 is the topmost one that names a client/,
      /sendmail\(1\)/,
      /no protocol/,
      /X-Orig/,
    ],
  });
  complains(inputFromMail(MAIL.join("\n"), 4), /only 3 Received headers/);
  complains(inputFromMail("Subject: x\n\nReceived: no"), /no Received header/);
});

const RECEIVED: Readonly<Record<string, readonly [header: string, expected: Expected]>> = {
  "the null sender, plain SMTP, a mailbox line": [
    "From MAILER-DAEMON Thu Nov 21\nReturn-Path: <>\nReceived: from h (n.example [203.0.113.8]) by mx (Postfix) with SMTP id A for <a@b.example>; date",
    {
      message: {
        client_address: "203.0.113.8",
        client_name: "n.example",
        reverse_client_name: "n.example",
        helo: "h",
        protocol: "SMTP",
        sender: "",
        recipients: ["a@b.example"],
      },
      notes: [/header 1 of 1/, /`with SMTP` does not tell/],
    },
  ],
  "a login without a name, SMTPUTF8": [
    "Return-Path: <a@b.example>\nDelivered-To: c@d.example\nReceived: from h (n.example [203.0.113.8]) by mx (Postfix) with UTF8SMTPSA id A; date",
    {
      message: {
        client_address: "203.0.113.8",
        client_name: "n.example",
        reverse_client_name: "n.example",
        helo: "h",
        protocol: "ESMTP",
        mail_params: " SMTPUTF8",
        encrypted: true,
        sender: "a@b.example",
        recipients: ["c@d.example"],
      },
      notes: [/header 1/, /does not name the login/, /Delivered-To/],
    },
  ],
  "behind a content filter, with nothing else": [
    "Received: from localhost (localhost [127.0.0.1]) by mx (Postfix) with ESMTP id A; date\nReceived: from h (n.example [203.0.113.8]) by mx (Postfix) with ESMTP id B; date",
    {
      message: {
        client_address: "127.0.0.1",
        client_name: "localhost",
        reverse_client_name: "localhost",
        helo: "localhost",
        protocol: "ESMTP",
        encrypted: false,
        sasl_username: null,
      },
      notes: [
        /header 1 of 2/,
        /header 2 is the topmost/,
        /said none/,
        /no Return-Path/,
        /no header names the recipient/,
      ],
    },
  ],
  "a session that the server hides": [
    "Return-Path: <a@b.example>\nReceived: by mx (Postfix) id A for <c@d.example>; date",
    {
      message: { sender: "a@b.example", recipients: ["c@d.example"] },
      notes: [/header 1/, /does not name the client address/, /HELO/, /no protocol/],
    },
  ],
};

for (const [title, [header, expected]] of Object.entries(RECEIVED)) {
  test(`a mail: ${title}`, () => {
    gives(inputFromMail(`${header}\n\nbody\n`), expected);
  });
}
