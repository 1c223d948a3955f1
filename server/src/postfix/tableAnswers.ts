/** Whether the tables of a parameter answer with addresses. See virtual(5), canonical(5), generic(5), aliases(5). */
export function answersAddresses(parameter: string): boolean {
  return ADDRESSES.test(parameter);
}

const ADDRESSES = /^(?:virtual_alias|alias|smtpd_sender_login)_maps$|(?:canonical|generic|_bcc)_maps$|^relocated_maps$/;
