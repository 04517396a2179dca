import { z } from 'zod';
import { budget } from './budget-schema.ts';
import { must, text } from './must.ts';
import { platformName, stageName } from './names.ts';

const platform = z
  .string(must('a platform such as linux/amd64'))
  .regex(platformName, must('a platform such as linux/amd64'));

const environmentName = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** One entry of `images:`. */
export const image = z
  .strictObject(
    {
      context: text('a folder of the repository, such as services/api')
        .describe('Folder of the build context, from the root of the repository. Default: the root.')
        .exactOptional(),
      file: text('the path of a Dockerfile, such as services/api/Dockerfile')
        .describe('The Dockerfile, from the root of the repository. Default: Dockerfile in the context.')
        .exactOptional(),
      target: stage().describe('Stage that ships. Default: the last one.').exactOptional(),
      'test-target': stage().describe('Stage whose build runs the tests.').exactOptional(),
      platforms: z
        .array(platform, must('a list such as [linux/amd64]'))
        .min(1, must('a list with one platform, such as [linux/amd64]'))
        .max(1, { error: 'has several platforms, which is not supported yet; name one, such as [linux/amd64]' })
        .describe("Platform to build for. Default: the builder's own.")
        .exactOptional(),
      'build-args': z
        .record(
          z.string().regex(environmentName, must('a name of letters, digits and _ that does not begin with a digit')),
          z.string(must('a text; put numbers, true and false in quotes')),
          must('a map of names and texts, such as { VERSION: "1.20" }'),
        )
        .describe('Build arguments. They show in the history of the image: never put a secret here.')
        .exactOptional(),
      'build-contexts': z
        .record(
          z.string().regex(/^[^\s=]+$/, must('a name without blanks and `=`')),
          text('a folder of the repository or docker-image://REFERENCE'),
          must('a map of names and folders, such as { shared: libs/shared }'),
        )
        .describe('Named contexts: folders of the repository, or docker-image://REFERENCE.')
        .exactOptional(),
      baseline: text('auto, cache, artifact, rebuild, none, docker://REGISTRY/NAME or a file of the repository')
        .describe(
          'What to compare with: auto, cache, artifact, rebuild, none, docker://REGISTRY/NAME, or a recorded report of the repository. Default: auto in GitHub Actions, else none.',
        )
        .exactOptional(),
      budget: budget.exactOptional(),
    },
    must('a map with keys such as context and target; write {} for the defaults'),
  )
  .describe('One image to gate.');

/** Key of an entry; names files and cache scopes. */
export const imageName = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/,
    must('a name of at most 64 letters, digits, ".", "_" and "-" that begins with a letter or digit'),
  );

function stage() {
  const words = 'the name of a stage, such as runtime; put a number in quotes';
  return text(words).regex(stageName, must(words));
}
