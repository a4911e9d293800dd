import type { Redis } from 'ioredis';
import { z } from 'zod';
import { type JobPatch, jobRecord, type JobRecord, type JobRecords, type RecordState } from './job-record.js';

/** `delivery`: the Bull job that may start it now; any other one is out of date. */
const redisRecord = jobRecord.extend({ delivery: z.string() });
export type RedisJobRecord = z.infer<typeof redisRecord>;

/** Open jobs are scored by age, running ones before all others; ended ones by when they ended. */
const indexRecord = `
local function index(record, base)
  if record.endedAt ~= cjson.null then
    redis.call('ZREM', base .. 'open', record.id)
    redis.call('ZADD', base .. 'ended', record.endedAt, record.id)
  else
    local running = record.state == 'running' or record.state == 'suspended'
    redis.call('ZREM', base .. 'ended', record.id)
    redis.call('ZADD', base .. 'open', record.createdAt - (running and 1e13 or 0), record.id)
  end
end
local function keyOf(record, base)
  return record.key ~= cjson.null and (base .. 'key:' .. record.name .. ':' .. record.key)
end
`;

const addScript = `${indexRecord}
local base, text = ARGV[1], ARGV[2]
local record = cjson.decode(text)
local key = keyOf(record, base)
local same = key and redis.call('GET', key)
if same then return redis.call('GET', base .. 'record:' .. same) end
if key then redis.call('SET', key, record.id) end
redis.call('SET', base .. 'record:' .. record.id, text)
index(record, base)
return text`;

const changeScript = `${indexRecord}
local base, id, from, patch, delivery = ARGV[1], ARGV[2], ARGV[3], cjson.decode(ARGV[4]), ARGV[5]
local text = redis.call('GET', base .. 'record:' .. id)
if not text then return false end
local record = cjson.decode(text)
if not string.find(from, ',' .. record.state .. ',', 1, true) then return false end
if delivery ~= '' and record.delivery ~= delivery then return false end
local key = keyOf(record, base)
local wasOpen = record.endedAt == cjson.null
for name, value in pairs(patch) do record[name] = value end
local isOpen = record.endedAt == cjson.null
if key and wasOpen and not isOpen then redis.call('DEL', key) end
if key and isOpen and not wasOpen and not redis.call('SET', key, id, 'NX') then return false end
text = cjson.encode(record)
redis.call('SET', base .. 'record:' .. id, text)
index(record, base)
return text`;

const pruneScript = `
local base, keep = ARGV[1], tonumber(ARGV[2])
for _, id in ipairs(redis.call('ZRANGE', base .. 'ended', 0, -(keep + 1))) do
  redis.call('DEL', base .. 'record:' .. id)
  redis.call('ZREM', base .. 'ended', id)
end`;

const parse = (text: unknown): RedisJobRecord | undefined =>
  typeof text === 'string' ? redisRecord.parse(JSON.parse(text)) : undefined;

/**
 * Jobs in Redis: a JSON text each, two sorted sets for the order, and a key for each de-duplication key. Every change
 * is one script, so it is atomic; keys are made inside the scripts, which a Redis Cluster would not allow.
 */
export class RedisJobRecords implements JobRecords {
  /** @param base what all keys start with */
  constructor(
    private readonly redis: Redis,
    private readonly base: string,
  ) {}

  async add(record: JobRecord): Promise<RedisJobRecord> {
    const text = JSON.stringify({ ...record, delivery: '' } satisfies RedisJobRecord);
    const stored = parse(await this.redis.eval(addScript, 0, this.base, text));
    if (!stored) throw new Error('A job key points at nothing');
    return stored;
  }

  async get(id: string): Promise<RedisJobRecord | undefined> {
    return parse(await this.redis.get(`${this.base}record:${id}`));
  }

  async list(limit: number): Promise<RedisJobRecord[]> {
    const open = await this.redis.zrange(`${this.base}open`, 0, limit - 1);
    const rest = limit - open.length;
    const ended = rest > 0 ? await this.redis.zrevrange(`${this.base}ended`, 0, rest - 1) : [];
    return this.getAll([...open, ...ended]);
  }

  async open(): Promise<RedisJobRecord[]> {
    return this.getAll(await this.redis.zrange(`${this.base}open`, 0, -1));
  }

  /** @param delivery only if it is the current one */
  async change(
    id: string,
    from: readonly RecordState[],
    patch: JobPatch & { delivery?: string },
    delivery = '',
  ): Promise<RedisJobRecord | undefined> {
    const states = `,${from.join(',')},`;
    return parse(
      await this.redis.eval(changeScript, 0, this.base, id, states, JSON.stringify(patch), delivery),
    );
  }

  async prune(keep: number): Promise<void> {
    await this.redis.eval(pruneScript, 0, this.base, keep);
  }

  private async getAll(ids: string[]): Promise<RedisJobRecord[]> {
    if (ids.length === 0) return [];
    const texts = await this.redis.mget(ids.map((id) => `${this.base}record:${id}`));
    return texts.map(parse).filter((record) => record !== undefined);
  }
}
