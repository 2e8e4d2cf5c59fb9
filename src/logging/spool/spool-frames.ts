import { crc32 } from 'node:zlib';
import type { FinishedRecord } from '../records/log-record.js';

/** The length of what follows and its checksum (CRC-32), in four bytes each. */
export const FRAME_HEADER = 8;

/** No record is as large: whatever claims to be is no frame. */
const MAX_PAYLOAD = 4_194_304;

/** The fields in the order in which a frame has them. */
type Fields = [
  recordId: string,
  created: number,
  level: string,
  host: string,
  message: string,
  stacktrace: string | null,
  context: string | null,
  errorId: number | null,
  requestId: string | null,
  traceId: string | null,
];

/** A record as the spool has it. */
export function frameOf(record: FinishedRecord): Buffer {
  const { recordId, created, level, host, message, stacktrace, context, errorId, requestId, traceId } = record;
  const fields: Fields = [recordId, created, level, host, message, stacktrace, context, errorId, requestId, traceId];
  const text = JSON.stringify(fields);
  const frame = Buffer.allocUnsafe(FRAME_HEADER + Buffer.byteLength(text));
  frame.write(text, FRAME_HEADER);
  frame.writeUInt32LE(frame.length - FRAME_HEADER, 0);
  frame.writeUInt32LE(crc32(frame.subarray(FRAME_HEADER)), 4);
  return frame;
}

/** What stands at a place of a segment. */
export type FoundFrame =
  | { readonly record: FinishedRecord; readonly bytes: number }
  /** More has to be read before it can be told: so many bytes in all. */
  | { readonly needs: number }
  /** This is no frame: the record was torn while it was written, or the disk has lost it. */
  | 'damaged';

/** Reads the frame that begins there. */
export function frameAt(bytes: Buffer, start: number): FoundFrame {
  const left = bytes.length - start;
  if (left < FRAME_HEADER) return { needs: FRAME_HEADER };
  const length = bytes.readUInt32LE(start);
  if (length === 0 || length > MAX_PAYLOAD) return 'damaged';
  if (left < FRAME_HEADER + length) return { needs: FRAME_HEADER + length };
  const payload = bytes.subarray(start + FRAME_HEADER, start + FRAME_HEADER + length);
  if (crc32(payload) !== bytes.readUInt32LE(start + 4)) return 'damaged';
  return { record: recordFrom(JSON.parse(payload.toString()) as Fields), bytes: FRAME_HEADER + length };
}

function recordFrom(fields: Fields): FinishedRecord {
  const [recordId, created, level, host, message, stacktrace, context, errorId, requestId, traceId] = fields;
  return { recordId, created, level, host, message, stacktrace, context, errorId, requestId, traceId };
}
