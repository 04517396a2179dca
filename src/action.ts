import { getState, saveState } from '@actions/core';
import { endProcessSoon } from './action/end-process.ts';

/** The runner starts this file twice: for the step itself, and after the job to clean up. */
if (getState('started') === '') {
  saveState('started', 'true');
  const { runAction } = await import('./action/run-action.ts');
  await runAction(process.env);
} else {
  const { removeKeptFolder } = await import('./action/kept-folder.ts');
  await removeKeptFolder();
}
endProcessSoon();
