/** What a change of the sample does to it. */
export type SampleChange = {
  /** Bytes that the final image carries besides the program. */
  readonly ballast?: number;
  readonly user?: string;
  readonly test?: string;
  /** Lines behind the final stage's COPY. */
  readonly extra?: string;
};

/** A small application with a test stage and a distroless final one; the program is text, since nothing runs it. */
export function sampleApp({ ballast = 1000, user = 'nonroot', test = 'true', extra = '' }: SampleChange = {}) {
  return {
    Dockerfile: `FROM busybox:1.37 AS build
WORKDIR /src
COPY app ./
RUN mkdir /out && cp app /out/app && dd if=/dev/zero of=/out/ballast bs=${ballast} count=1

FROM build AS test
COPY test.sh ./
RUN --mount=type=secret,id=token sh test.sh

FROM gcr.io/distroless/static-debian12:nonroot AS final
COPY --from=build /out /app
${extra}USER ${user}
ENTRYPOINT ["/app/app"]
`,
    app: 'the program\n',
    'test.sh': `set -e\necho "testing"\n${test}\n`,
  };
}
