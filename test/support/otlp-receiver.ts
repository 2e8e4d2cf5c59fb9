import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import protobuf from 'protobufjs';

const { root } = protobuf.loadSync('test/support/otlp-logs.proto');
const Request = root.lookupType('opentelemetry.proto.ExportLogsServiceRequest');
const Response = root.lookupType('opentelemetry.proto.ExportLogsServiceResponse');

interface Message {
  readonly [field: string]: unknown;
}

/** A log record as it was received, with its attributes by name. */
export interface ReceivedRecord {
  readonly time: string;
  readonly severityNumber: number;
  readonly severityText: string;
  readonly body: unknown;
  readonly traceId: string;
  readonly attributes: Record<string, unknown>;
  readonly resource: Record<string, unknown>;
  readonly scope: string;
}

/** A receiver of OTLP/HTTP logs that takes nothing but what the protocol says. */
export interface OtlpReceiver {
  readonly url: string;
  readonly received: readonly ReceivedRecord[];
  readonly requests: readonly IncomingMessage['headers'][];
  /** Answers with this status from now on; 200 takes what is sent. */
  answerWith(status: number, refuses?: (record: ReceivedRecord) => boolean): void;
  close(): Promise<void>;
}

/** Starts a receiver, at a free port unless one is given. */
export async function startOtlpReceiver(port = 0): Promise<OtlpReceiver> {
  const received: ReceivedRecord[] = [];
  const requests: IncomingMessage['headers'][] = [];
  let status = 200;
  let refuses: (record: ReceivedRecord) => boolean = () => false;
  const take = (request: IncomingMessage, body: Buffer, response: ServerResponse): void => {
    requests.push(request.headers);
    const isJson = request.headers['content-type'] === 'application/json';
    const records = isJson ? fromJson(body.toString()) : fromProtobuf(body);
    const answered = records.some(refuses) ? 400 : status;
    if (answered === 200) received.push(...records);
    const answer = isJson ? '{"partialSuccess":{}}' : Buffer.from(Response.encode(Response.create({})).finish());
    response.writeHead(answered, { 'Content-Type': request.headers['content-type'] }).end(answer);
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const sent = Buffer.concat(chunks);
      try {
        if (request.method !== 'POST' || request.url !== '/v1/logs')
          throw new Error(`${request.method} ${request.url}`);
        take(request, request.headers['content-encoding'] === 'gzip' ? gunzipSync(sent) : sent, response);
      } catch (error) {
        response.writeHead(400).end(String(error));
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/logs`,
    received,
    requests,
    answerWith(next, refusal = () => false) {
      status = next;
      refuses = refusal;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function fromProtobuf(body: Buffer): ReceivedRecord[] {
  return recordsIn(Request.toObject(Request.decode(body), { longs: String, bytes: String, defaults: true }), 'base64');
}

/** Of JSON the protocol differs from protobuf's mapping in one thing: ids of traces and spans are hexadecimal. */
function fromJson(body: string): ReceivedRecord[] {
  const message = JSON.parse(body) as Message;
  checkFields(message, Request);
  return recordsIn(message, 'hex');
}

/** Fails for a field that the message does not have, or that is of another kind. */
function checkFields(message: unknown, type: protobuf.Type): void {
  if (typeof message !== 'object' || message === null) throw new Error(`${type.name} is ${String(message)}.`);
  for (const [name, value] of Object.entries(message)) {
    const field = type.fields[name]?.resolve();
    if (field === undefined) throw new Error(`${type.name} has no field ${name}.`);
    if (field.repeated !== Array.isArray(value)) throw new Error(`${type.name}.${name} is no list, or one.`);
    for (const item of Array.isArray(value) ? (value as unknown[]) : [value]) checkValue(item, field);
  }
}

function checkValue(value: unknown, { name, type, resolvedType }: protobuf.Field): void {
  if (resolvedType instanceof protobuf.Type) {
    checkFields(value, resolvedType);
    return;
  }
  const isRight =
    resolvedType !== null || type === 'double' || type.includes('32')
      ? typeof value === 'number'
      : type.includes('64')
        ? /^-?\d+$/.test(String(value))
        : typeof value === (type === 'bool' ? 'boolean' : 'string');
  if (!isRight) throw new Error(`${name} is ${JSON.stringify(value)}, which is no ${type}.`);
}

function recordsIn(request: Message, encoding: 'hex' | 'base64'): ReceivedRecord[] {
  return list(request['resourceLogs']).flatMap(({ resource, scopeLogs }) =>
    list(scopeLogs).flatMap(({ scope, logRecords }) =>
      list(logRecords).map((record) => ({
        time: String(record['timeUnixNano']),
        severityNumber: Number(record['severityNumber'] ?? 0),
        severityText: String(record['severityText']),
        body: valueOf(record['body'] as Message),
        traceId: Buffer.from((record['traceId'] ?? '') as string, encoding).toString('hex'),
        attributes: attributesOf(record['attributes']),
        resource: attributesOf((resource as Message)['attributes']),
        scope: String((scope as Message)['name']),
      })),
    ),
  );
}

function list(value: unknown): Message[] {
  return (value ?? []) as Message[];
}

function attributesOf(pairs: unknown): Record<string, unknown> {
  return Object.fromEntries(list(pairs).map(({ key, value }) => [String(key), valueOf(value as Message)]));
}

function valueOf(value: Message): unknown {
  if ('kvlistValue' in value) return attributesOf((value['kvlistValue'] as Message)['values']);
  if ('arrayValue' in value) return list((value['arrayValue'] as Message)['values']).map(valueOf);
  if ('intValue' in value) return Number(value['intValue']);
  return value['stringValue'] ?? value['boolValue'] ?? value['doubleValue'] ?? null;
}
