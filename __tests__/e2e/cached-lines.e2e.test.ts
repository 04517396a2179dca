import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { runIn } from '../support/engine.ts';
import { withFreshBuilder } from '../support/fresh-builder.ts';
import { registries } from '../support/registry.ts';
import { check, weighed } from '../support/reports.ts';

/** Deep stages, a heredoc, --link, and a file that an earlier stage made; each line as its number says. */
const dockerfile = `FROM busybox:1.37 AS make
WORKDIR /w
RUN mkdir out && head -c 300000 /dev/zero > out/a.bin
FROM busybox:1.37 AS common
RUN <<EOF
echo shared > /shared
EOF
FROM common AS middle
FROM middle
COPY --link --from=make /w/out /srv/
USER 1000
`;

let folder: string;
let open: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stagegate-cached-'));
  await writeFile(join(folder, 'Dockerfile'), dockerfile);
  ({ open } = await registries());
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const places: readonly (readonly [string, () => { readonly to: string; readonly from: string }])[] = [
  ['local', () => ({ to: `type=local,dest=${folder}/cache,mode=max`, from: `type=local,src=${folder}/cache` })],
  [
    'registry',
    () => {
      const ref = `type=registry,ref=${open}/stagegate-cached:${Date.now()}`;
      return { to: `${ref},mode=max`, from: ref };
    },
  ],
];

it.each(places)(
  'finds the lines of layers whose steps all came from a %s cache',
  async (_, place) => {
    const { to, from } = place();
    const exported = await runIn('container', 'docker', [
      ...['buildx', 'build', '--output=type=cacheonly', `--cache-to=${to}`, folder],
    ]);
    if (exported.exitCode !== 0) throw new Error(exported.stderr);
    const { exitCode, stderr, image } = await withFreshBuilder((builder) =>
      check('container', [folder, '--builder', builder, '--cache-from', from]),
    );
    if (exitCode !== 0) throw new Error(stderr);
    const platform = weighed(image);
    const run = platform.build?.steps.filter(({ instruction }) => /^(RUN|COPY)/.test(instruction)) ?? [];
    expect(run.map(({ cached }) => cached)).toEqual(run.map(() => true));
    expect(run.length).toBeGreaterThan(1);
    const own = platform.layers.filter(({ origin }) => origin === 'own');
    expect(own.map(({ stage, line, lineEnd, lineFrom }) => [stage, line, lineEnd, lineFrom])).toEqual([
      ['common', 5, 7, 'provenance'],
      ['3', 10, 10, 'provenance'],
    ]);
    const made = platform.files.largest.find(({ path }) => path === '/srv/a.bin');
    expect(made).toMatchObject({ bytes: 300_000, madeBy: { stage: 'make', line: 3 } });
  },
  300_000,
);
