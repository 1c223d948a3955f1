import type { AddressClass } from "./address/resolve.ts";

/** Why a step had its outcome, as data. explain.ts finds the words. */
export type Reason =
  | { readonly kind: "always" }
  | { readonly kind: "end of list" }
  | {
      readonly kind: "nothing refuses";
      /** The lists that permit, with the restriction that did. */
      readonly lists: readonly { readonly asked: string; readonly because: Reason }[];
    }
  | {
      readonly kind: "refused";
      readonly list: string;
      /** The list, class or table check that holds the step; the list itself when it stands there. */
      readonly inside: string;
      readonly step: string;
      readonly because: Reason;
      /** Whether the step is the last one of its list, so that the ones before it had no opinion. */
      readonly isLast: boolean;
      readonly before: readonly Reason[];
    }
  | { readonly kind: "decided by"; readonly step: string }
  | { readonly kind: "not reached"; readonly step: string }
  | { readonly kind: "discarded" }
  | { readonly kind: "attribute missing"; readonly attribute: string }
  | { readonly kind: "network"; readonly list: string; readonly client: string; readonly pattern: string | undefined }
  | { readonly kind: "lookup failed"; readonly what: string; readonly because: string }
  | { readonly kind: "login"; readonly login: string | undefined; readonly enabled: boolean }
  | {
      readonly kind: "destination";
      readonly recipient: string;
      readonly addressClass: AddressClass;
      readonly routed: boolean;
    }
  | { readonly kind: "entry"; readonly table: string; readonly key: string; readonly value: string }
  | { readonly kind: "no entry"; readonly table: string; readonly keys: number }
  | { readonly kind: "table unavailable"; readonly table: string; readonly because: string }
  | { readonly kind: "action"; readonly meaning: string }
  | { readonly kind: "misused action"; readonly complaint: string }
  | { readonly kind: "unknown restriction"; readonly name: string }
  | { readonly kind: "bad argument"; readonly restriction: string; readonly argument: string | undefined }
  | { readonly kind: "table needs a check"; readonly reference: string }
  | { readonly kind: "permit forbidden"; readonly restriction: string; readonly target: string }
  | { readonly kind: "suspicious route"; readonly recipient: string }
  | { readonly kind: "flag"; readonly flag: "warn_if_reject" | "defer_if_permit" | "defer_if_reject" }
  | { readonly kind: "fact"; readonly text: string }
  | { readonly kind: "no restrictions" };
