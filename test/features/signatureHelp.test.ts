import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { signatureHelp } from "../../server/src/features/signatureHelp.ts";
import { fixtureWithCursor } from "../support/fixture.ts";

/** The signature at the cursor, and the parameter that is written there; undefined: none. */
function check(source: string, label: string | undefined, active?: string): void {
  const { project, file, offset } = fixtureWithCursor(source);
  const help = signatureHelp(project, file, offset);
  const [signature] = help?.signatures ?? [];
  assert.equal(signature?.label, label);
  if (active !== undefined) assert.equal(signature?.parameters?.[help?.activeParameter ?? 0]?.label, active);
}

suite("Signature help for restrictions", () => {
  const list = "smtpd_recipient_restrictions =\n  reject_unauth_destination,\n  # why\n  ";

  test("names the argument", () => {
    check(`${list}check_client_access <|>`, "check_client_access type:name", "type:name");
    check(`${list}CHECK_CLIENT_ACCESS hash:/etc/<|>postfix/x, reject`, "check_client_access type:name");
    check(`${list}reject_rbl_client <|>`, "reject_rbl_client domain[=d.d.d.d]");
    check(`${list}sleep <|>`, "sleep seconds");
    check(`${list}warn_if_reject <|>`, "warn_if_reject restriction");
    check(`${list}check_policy_service <|>`, "check_policy_service endpoint");
  });

  test("follows the settings of a policy service", () => {
    const group = "check_policy_service { endpoint, name=value }";
    check(`${list}check_policy_service { <|> }`, group, "{ endpoint,");
    check(`${list}check_policy_service { unix:private/p, <|>`, group, "name=value }");
  });

  test("ends with the argument", () => {
    check(`${list}check_client_access hash:/etc/postfix/x, <|>`, undefined);
    check(`${list}permit_mynetworks <|>`, undefined);
    check("myorigin = check_client_access <|>", undefined);
    check(`${list}check_client_access hash:/x\n  # check_client_access <|>\n  reject`, undefined);
  });

  test("works in master.cf", () => {
    check(
      "#- master.cf\nsmtp inet n - n - - smtpd\n  -o { smtpd_client_restrictions = check_client_access <|> }\n",
      "check_client_access type:name",
    );
  });
});

suite("Signature help for actions", () => {
  const table = "smtpd_client_restrictions = check_client_access hash:/etc/postfix/t\n#- t\n192.0.2.1 ";

  test("names the argument", () => {
    check(`${table}REJECT <|>`, "REJECT [text]", "[text]");
    check(`${table}filter <|>`, "FILTER transport:destination");
    check(`${table}REDIRECT <|>a@b\n`, "REDIRECT user@domain");
    check(`${table}PREPEND <|>`, "PREPEND name: value");
    check(`${table}550 <|>`, "550 text");
  });

  test("has none where there is no argument", () => {
    check(`${table}DUNNO <|>`, undefined);
    check(`${table}REJ<|>ECT`, undefined);
    check("virtual_alias_maps = hash:/etc/postfix/t\n#- t\nREJECT REJECT <|>", undefined);
  });

  test("knows header checks", () => {
    check("header_checks = pcre:/etc/postfix/h\n#- h\n/^Subject: a b/ REPLACE <|>", "REPLACE text");
  });
});
