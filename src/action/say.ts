import { endGroup, startGroup } from '@actions/core';
import { escapeWorkflowLog } from '../escape.ts';

/** Prints lines to the log of the workflow; what a stranger wrote into them commands no runner. */
export function say(...lines: readonly string[]): void {
  for (const line of lines) process.stdout.write(`${escapeWorkflowLog(line)}\n`);
}

/** The lines that a phase says fold into one group of the log. */
export async function inGroup<Result>(name: string, phase: () => Promise<Result>): Promise<Result> {
  startGroup(name);
  try {
    return await phase();
  } finally {
    endGroup();
  }
}
