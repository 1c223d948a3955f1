import type { Answer, Case } from "./case.ts";
import { buildProgram } from "./buildProgram.ts";
import { postfixAvailable } from "./installation.ts";
import { runPool, type PoolOptions } from "./pool.ts";
import { unsupported } from "./unsupported.ts";

/**
 * Asks the installed Postfix about each case; the answers are in the same order. Ask postfixAvailable() before, and unsupported()
 * about cases from elsewhere: this throws when Postfix cannot be asked.
 */
export async function askPostfix(
  cases: readonly Case[],
  options: Omit<PoolOptions, "program"> = {},
): Promise<Answer[]> {
  const reason = postfixAvailable();
  if (reason !== undefined) throw new Error(reason);
  for (const asked of cases) {
    const problem = unsupported(asked);
    if (problem !== undefined) throw new Error(`case ${asked.id}: ${problem}`);
  }
  return await runPool(cases, { ...options, program: await buildProgram() });
}
