import { type JsonRecord, listOf, recordOf, textOf } from './json-shape.ts';

/** BuildKit's progress message as `--progress=rawjson` writes it (moby/buildkit client/graph.go), with its spelling. */
export type SolveStatus = {
  readonly vertexes: readonly Vertex[];
  readonly logs: readonly VertexLog[];
};

/** Times are milliseconds since 1970. One digest comes several times: announced, started, completed, again. */
export type Vertex = {
  readonly digest: string;
  readonly name: string;
  readonly started?: number;
  readonly completed?: number;
  readonly cached: boolean;
  readonly error?: string;
};

export type VertexLog = { readonly vertex: string; readonly data: Buffer };

/** Takes what a value has of the wire format and drops the rest; undefined when it is no progress message at all. */
export function readSolveStatus(value: unknown): SolveStatus | undefined {
  const message = recordOf(value);
  if (!KEYS.some((key) => Object.hasOwn(message, key))) return undefined;
  return {
    vertexes: listOf(message.vertexes).map(recordOf).flatMap(readVertex),
    logs: listOf(message.logs).map(recordOf).flatMap(readLog),
  };
}

const KEYS = ['vertexes', 'statuses', 'logs', 'warnings'];

function readVertex(vertex: JsonRecord): readonly Vertex[] {
  const digest = textOf(vertex.digest);
  if (digest === undefined) return [];
  const started = timeOf(vertex.started);
  const completed = timeOf(vertex.completed);
  const error = textOf(vertex.error);
  return [
    {
      digest,
      name: textOf(vertex.name) ?? '',
      cached: vertex.cached === true,
      ...(started === undefined ? {} : { started }),
      ...(completed === undefined ? {} : { completed }),
      ...(error === undefined ? {} : { error }),
    },
  ];
}

function readLog(log: JsonRecord): readonly VertexLog[] {
  const vertex = textOf(log.vertex);
  const data = textOf(log.data);
  return vertex === undefined || data === undefined ? [] : [{ vertex, data: Buffer.from(data, 'base64') }];
}

/** Date.parse drops what is below a millisecond, by which cached steps differ. */
function timeOf(value: unknown): number | undefined {
  if (typeof value !== 'string') return undefined;
  const time = Date.parse(value);
  if (Number.isNaN(time)) return undefined;
  const [, below = '0'] = /\.\d{3}(\d{1,6})/.exec(value) ?? [];
  return time + Number(`0.${below}`);
}
