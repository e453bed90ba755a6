/**
 * What a store does in one step with calls that are under way: each counts until a moment of the store's own clock, which is moved on while it runs.
 * Promises: no more count than may, whoever asks; what was taken twice or given back twice counts as once; nothing outlives its last lease.
 */

/**
 * KEYS[1]: a sorted set of calls by the millisecond until which they count. ARGV: what to do. `take`: calls in all, milliseconds, the call. `renew`:
 * milliseconds, calls, which count again also where they were forgotten, since they are under way. `return`: calls. Gives whether the call passes (1 or 0), and
 * how many are under way then.
 */
export const leaseScript = `
local function now()
  local time = redis.call('TIME')
  return tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
end
local function lease(from, time, calls)
  for at = calls, #ARGV do redis.call('ZADD', KEYS[1], string.format('%.0f', from + time), ARGV[at]) end
  if redis.call('PTTL', KEYS[1]) < time then redis.call('PEXPIRE', KEYS[1], time) end
end
if ARGV[1] == 'return' then
  for at = 2, #ARGV do redis.call('ZREM', KEYS[1], ARGV[at]) end
  return {0, 0}
end
local from = now()
if ARGV[1] == 'renew' then
  lease(from, tonumber(ARGV[2]), 3)
  return {0, 0}
end
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', string.format('%.0f', from))
local held = redis.call('ZCARD', KEYS[1])
if held >= tonumber(ARGV[2]) then return {0, held} end
lease(from, tonumber(ARGV[3]), 4)
return {1, held + 1}
`;
