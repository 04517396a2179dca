import { afterEach, describe, expect, it } from '@jest/globals';
import { dockerSave } from '../../src/exec/docker-save.ts';
import { type FakeDocker, fakeDocker } from './fake-docker.ts';

let docker: FakeDocker;
afterEach(() => docker.remove());

function save(script: string, context?: string) {
  docker = fakeDocker(script);
  return dockerSave('sha256:abc', docker.env, context === undefined ? undefined : { dockerContext: context });
}

describe('docker save', () => {
  it('streams what docker writes', async () => {
    const { stream, done } = save(`say(args.join(' '))`);
    expect(await read(stream)).toBe('image save -- sha256:abc\n');
    await expect(done).resolves.toBeUndefined();
  });

  it('asks the daemon of the builder', async () => {
    expect(await read(save(`say(args.join(' '))`, 'desktop').stream)).toBe(
      '--context=desktop image save -- sha256:abc\n',
    );
  });

  it.each([
    ['No such image: sha256:abc', 2, 'Docker has no image sha256:abc'],
    [
      'Cannot connect to the Docker daemon at unix:///x. Is the docker daemon running?',
      3,
      "Docker's daemon at unix:///x does not answer",
    ],
    ['write /x: no space left on device', 3, 'docker save of sha256:abc failed: write /x: no space left on device'],
  ])('fails with docker: %s', async (said, exitCode, message) => {
    const { stream, done } = save(`say('part'); complain(${JSON.stringify(said)}); end(1)`);
    await read(stream);
    await expect(done).rejects.toMatchObject({ exitCode, message });
  });

  it('waits while nobody reads, and ends docker when the stream is dropped', async () => {
    const { stream, done } = save(`
      let written = 0;
      const more = () => process.stdout.write('x'.repeat(65536), () => { written += 65536; writeFileSync(process.env.FAKE_FOLDER + '/written', String(written)); more(); });
      more();`);
    await new Promise((resolve) => setTimeout(resolve, 700));
    const { readFileSync } = await import('node:fs');
    expect(Number(readFileSync(`${docker.folder}/written`, 'utf8') || '0')).toBeLessThan(2_000_000);
    stream.destroy();
    await expect(done).resolves.toBeUndefined();
  });
});

async function read(stream: AsyncIterable<Buffer>): Promise<string> {
  let text = '';
  for await (const chunk of stream) text += chunk.toString();
  return text;
}
