import { DNS_LISTS, type DnsListFact } from "../../postfix/dnsLists.ts";
import { restriction, type RestrictionName } from "../../postfix/restrictions.ts";
import type { Offer } from "./offer.ts";

/** Public lists that a restriction may ask, with the filter that keeps an error of the list from counting as a listing. */
export function dnsListOffers(name: RestrictionName): readonly Offer[] {
  return publicLists(listKind(name));
}

/** Public lists for postscreen; those of trusted addresses lower the score. See postscreen_dnsbl.c, psc_dnsbl_init(). */
export function postscreenListOffers(): readonly Offer[] {
  return [
    ...publicLists("denied addresses"),
    ...publicLists("allowed addresses").map((offer) => ({ ...offer, label: `${offer.label}*-2` })),
  ];
}

function listKind(name: RestrictionName): DnsListFact["lists"] {
  if (name.startsWith("permit_")) return "allowed addresses";
  return restriction(name).argument === "client-dns-list" ? "denied addresses" : "denied domains";
}

function publicLists(wanted: DnsListFact["lists"]): readonly Offer[] {
  return Object.entries(DNS_LISTS).flatMap(([domain, { lists, errors }]) =>
    lists === wanted && errors
      ? [{ label: `${domain}=${errors.filter}`, kind: "value", detail: `leaves out ${errors.answers}`, rank: 1 }]
      : [],
  );
}
