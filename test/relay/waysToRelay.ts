import type { Known } from "./verdicts.ts";
import { AROUND_WAYS } from "./waysAround.ts";
import { CLIENT_WAYS } from "./waysByClient.ts";
import { FORM_WAYS } from "./waysByForm.ts";
import { MESSAGE_WAYS } from "./waysByMessage.ts";
import { RECIPIENT_WAYS } from "./waysByRecipient.ts";
import { LIST_WAYS } from "./waysByList.ts";
import { TABLE_WAYS } from "./waysByTable.ts";

/** Ways to relay, and what only looks like one. */
export const WAYS: readonly Known[] = [
  ...CLIENT_WAYS,
  ...MESSAGE_WAYS,
  ...RECIPIENT_WAYS,
  ...LIST_WAYS,
  ...TABLE_WAYS,
  ...FORM_WAYS,
  ...AROUND_WAYS,
];
