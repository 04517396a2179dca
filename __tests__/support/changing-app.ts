/** A small application whose program is made in one stage and copied into another, as many are. */
export type ChangingApp = Readonly<Record<string, string>>;

const dockerfile = `FROM busybox:1.37 AS build
WORKDIR /src
COPY src ./
RUN mkdir /out && \\
    cat main.txt main.txt main.txt > /out/program

FROM stagegate-changes/base:old AS final
WORKDIR /app
COPY deps ./deps/
COPY --from=build /out/program ./bin/
RUN echo one > /app/one.txt
RUN echo two > /app/two.txt
USER 1000
`;

/** As it was when the baseline was recorded. */
export const before: ChangingApp = {
  Dockerfile: dockerfile,
  'src/main.txt': 'main\n'.repeat(1000),
  'deps/one/lib.txt': 'lib one\n'.repeat(500),
  'deps/two/lib.txt': 'lib two\n'.repeat(700),
};

/** Its Dockerfile with one text in the place of another, which must be there. */
export function edited(search: string, replacement: string, app: ChangingApp = before): ChangingApp {
  const text = app.Dockerfile ?? '';
  if (!text.includes(search)) throw new Error(`the Dockerfile has no ${search}`);
  return { ...app, Dockerfile: text.replace(search, replacement) };
}

/** The base images, by tag: `new` has one file more, and one that grew. */
export const bases = {
  old: 'FROM busybox:1.37\nRUN head -c 20000 /dev/zero > /base.bin\n',
  new: 'FROM busybox:1.37\nRUN head -c 50000 /dev/zero > /base.bin && head -c 7000 /dev/zero > /more.bin\n',
};
