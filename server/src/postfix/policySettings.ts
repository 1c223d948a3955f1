/** What a policy service in braces may set for itself. smtpd_check.c, time_table[], int_table[] and str_table[]. */
export const POLICY_SETTINGS: readonly string[] = [
  ...["default_action", "timeout", "try_limit", "retry_delay"],
  ...["max_idle", "max_ttl", "request_limit", "policy_context"],
];

/** The parameter that gives such a setting its default. */
export function policyParameter(setting: string): string {
  return `smtpd_policy_service_${setting}`;
}
