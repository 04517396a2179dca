import type { Readable } from 'node:stream';
import type { Builder } from '../build/build-record.ts';
import { daemonProblem } from '../build/daemon-problem.ts';
import { UserError } from '../user-error.ts';
import { endChild, startChild } from './children.ts';
import { findDocker } from './find-docker.ts';
import type { Environment } from './find-program.ts';
import { unlessInterrupted } from './interruption.ts';

export type SavedImage = {
  /** The docker-archive; docker waits while nobody reads. Destroying it ends docker. */
  readonly stream: Readable;
  /** Resolves once docker has ended well, or the stream was destroyed; rejects (exit 3) when docker failed. Await it after reading. */
  readonly done: Promise<void>;
};

/** Streams `docker save IMAGE` from the daemon of the builder, or of the selected Docker context. */
export function dockerSave(image: string, env: Environment, builder?: Pick<Builder, 'dockerContext'>): SavedImage {
  const context = builder?.dockerContext === undefined ? [] : [`--context=${builder.dockerContext}`];
  const child = startChild(findDocker(env), [...context, 'image', 'save', '--', image], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { stdout: stream, stderr } = child;
  if (stream === null || stderr === null) throw new Error('docker save was started without pipes');
  let said = '';
  stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-MAX_SAID);
  });
  stream.once('close', () => {
    if (!stream.readableEnded) void endChild(child);
  });
  const saidAll = new Promise((resolve) => stderr.once('close', resolve));
  const done = new Promise<number | null>((resolve, reject) => {
    child.once('error', (cause) =>
      reject(new UserError(`Docker cannot be started: ${cause.message}`, { exitCode: 3, cause })),
    );
    child.once('exit', (code) => saidAll.then(() => resolve(code)));
  })
    .then(unlessInterrupted)
    .then((code) => {
      const wasDropped = stream.destroyed && !stream.readableEnded;
      if (code !== 0 && !wasDropped) throw cannotSave(image, said);
    });
  // Whoever only reads the stream must not be ended by a rejection that is reported elsewhere.
  done.catch(() => {});
  return { stream, done };
}

const MAX_SAID = 4000;

function cannotSave(image: string, said: string): UserError {
  const reason = said.trim().split('\n').at(-1) || 'it gave no reason';
  if (/no such image|reference does not exist|not found/i.test(reason)) {
    return new UserError(`Docker has no image ${image}`, { hint: '`docker image ls` shows those it has.' });
  }
  return (
    daemonProblem(said) ??
    new UserError(`docker save of ${image} failed: ${reason}`, {
      ...(/no space left/i.test(reason) ? { hint: "Free space on Docker's disk: `docker system prune`." } : {}),
      exitCode: 3,
    })
  );
}
