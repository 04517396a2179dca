import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json | undefined };
export type Schema = { readonly [keyword: string]: Json | undefined };

type Parameter = {
  readonly name: string;
  readonly in: 'path' | 'query';
  readonly required?: boolean;
  readonly schema: Schema;
};
type Content = Readonly<Record<string, { readonly schema: Schema }>>;
type Refers<Value> = Value | { readonly $ref: string };
type Description = {
  readonly operationId: string;
  readonly parameters?: readonly Refers<Parameter>[];
  readonly requestBody?: { readonly required?: boolean; readonly content: Content };
  readonly responses: Readonly<Record<string, Refers<{ readonly content?: Content }>>>;
};
type Slice = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Description>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly parameters: Readonly<Record<string, Parameter>>;
    readonly responses: Readonly<Record<string, { readonly content?: Content }>>;
  };
};

/** One operation of GitHub's description; both checks give what lies outside it, in words. */
export type Operation = {
  readonly id: string;
  readonly match: (method: string, pathname: string) => Readonly<Record<string, string>> | undefined;
  readonly checkRequest: (request: SentRequest) => readonly string[];
  readonly checkReply: (status: number, body: Json | undefined) => readonly string[];
};

export type SentRequest = {
  readonly path: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Json | undefined;
};

/** GitHub answers every operation with these too, described or not. */
const commonErrors = [400, 401, 403, 404, 410, 429, 500, 502, 503];
const mediaTypes = ['application/json', 'application/vnd.github+json', 'application/vnd.github.v3+json', '*/*'];

const slice: Slice = JSON.parse(readFileSync(new URL('./openapi.json', import.meta.url), 'utf8'));
const ajv = new Ajv({ strict: false, allErrors: true });
formats.default(ajv);
ajv.addSchema({ $id: 'github', components: { schemas: toJsonSchema(slice.components.schemas) } });
const compiled = new Map<string, ValidateFunction>();

/** Every operation of the slice. */
export const operations: readonly Operation[] = Object.entries(slice.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, description]) => operationOf(method.toUpperCase(), path, description)),
);

/** A schema of the slice by its name, as GitHub wrote it. */
export function componentSchema(name: string): Schema {
  const schema = slice.components.schemas[name];
  if (schema === undefined) throw new Error(`The slice has no schema ${name}`);
  return schema;
}

function operationOf(method: string, path: string, description: Description): Operation {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map((found) => found[1] ?? '');
  const pattern = new RegExp(`^${path.replaceAll(/\{\w+\}/g, '([^/]+)')}$`);
  return {
    id: description.operationId,
    match: (sent, pathname) => {
      const found = sent === method ? pattern.exec(pathname) : null;
      return found === null
        ? undefined
        : Object.fromEntries(names.map((name, index) => [name, decodeURIComponent(found[index + 1] ?? '')]));
    },
    checkRequest: (request) => [
      ...checkParameters(description, request),
      ...checkMediaTypes(request),
      ...checkBody(description, request.body),
    ],
    checkReply: (status, body) => checkReply(description, status, body),
  };
}

function checkParameters({ parameters = [] }: Description, { path, query }: SentRequest): string[] {
  const all = parameters.map((each) => ('$ref' in each ? resolve(slice.components.parameters, each.$ref) : each));
  const unknown = [...query.keys()].filter((name) => !all.some((each) => each.in === 'query' && each.name === name));
  const wrong = all.flatMap((parameter) => {
    const text = parameter.in === 'path' ? path[parameter.name] : query.get(parameter.name);
    if (text === undefined || text === null) return parameter.required === true ? [`${parameter.name} is missing`] : [];
    const isNumber = parameter.schema.type === 'integer' && /^\d+$/.test(text);
    return validate(parameter.schema, isNumber ? Number(text) : text, parameter.name);
  });
  return [...unknown.map((name) => `unknown query parameter ${name}`), ...wrong];
}

function checkMediaTypes({ headers, body }: SentRequest): string[] {
  const accept = String(headers.accept ?? '*/*');
  const content = String(headers['content-type'] ?? '');
  const version = headers['x-github-api-version'] ?? '2022-11-28';
  return [
    ...(mediaTypes.includes(accept) ? [] : [`accept is ${accept}`]),
    ...(body === undefined || /^application\/json(;|$)/.test(content) ? [] : [`content-type is ${content}`]),
    ...(version === '2022-11-28' ? [] : [`x-github-api-version is ${String(version)}`]),
    ...(headers['user-agent'] === undefined ? ['user-agent is missing'] : []),
  ];
}

function checkBody({ requestBody }: Description, body: Json | undefined): string[] {
  if (requestBody === undefined) return body === undefined ? [] : ['a body where none is described'];
  const schema = requestBody.content['application/json']?.schema;
  if (schema === undefined || body === undefined) return requestBody.required === true ? ['the body is missing'] : [];
  return validate({ ...schema, additionalProperties: false }, body, 'body');
}

function checkReply({ responses }: Description, status: number, body: Json | undefined): string[] {
  const described = responses[String(status)];
  if (described === undefined) {
    return commonErrors.includes(status)
      ? validate({ $ref: '#/components/schemas/basic-error' }, body ?? null, `reply ${status}`)
      : [`status ${status} is not described`];
  }
  const { content } = '$ref' in described ? resolve(slice.components.responses, described.$ref) : described;
  const schema = content?.['application/json']?.schema;
  if (schema === undefined) return body === undefined ? [] : [`reply ${status} has a body where none is described`];
  return validate(schema, body ?? null, `reply ${status}`);
}

function resolve<Value>(from: Readonly<Record<string, Value>>, reference: string): Value {
  const found = from[reference.split('/').at(-1) ?? ''];
  if (found === undefined) throw new Error(`The slice has no ${reference}`);
  return found;
}

function validate(schema: Schema, value: Json, what: string): string[] {
  const key = JSON.stringify(schema);
  const check = compiled.get(key) ?? ajv.compile(toJsonSchema(schema));
  compiled.set(key, check);
  if (check(value)) return [];
  return (check.errors ?? []).map(({ instancePath, message }) => `${what}${instancePath} ${message ?? 'is wrong'}`);
}

/** OpenAPI 3.0 says `nullable` where JSON Schema has a type; references become absolute. */
function toJsonSchema(schema: Schema): Schema {
  const { nullable, ...rest } = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, inside(value)]));
  if (typeof rest.$ref === 'string') return { $ref: rest.$ref.replace(/^#/, 'github#') };
  return nullable === true ? { anyOf: [{ type: 'null' }, rest] } : rest;
}

function inside(value: Json | undefined): Json | undefined {
  if (Array.isArray(value)) return value.map((each) => inside(each) ?? null);
  return isObject(value) ? toJsonSchema(value) : value;
}

/** Whether a value is an object, not an array. */
export function isObject(value: Json | undefined): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
