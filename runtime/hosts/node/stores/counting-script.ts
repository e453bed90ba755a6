/**
 * What a store does in one step: look, and count what is not too many. Promises: the same arithmetic as `runtime/traffic/token-bucket.ts`, by the
 * store's own clock; whole numbers below 2^53, which Lua's are as well; nothing stays that time has made as good as new.
 */

/**
 * KEYS[1]; ARGV: what to do, then numbers. `throttle`: drops a millisecond, drops a call, drops in all. `quota`: calls, milliseconds until the
 * window ends. `return`: gives back one call of a throttle (drops a call, drops in all) or of a quota (none). Gives whether the call
 * passes (1 or 0), and what is there after.
 */
export const countingScript = `
local function number(text) return tonumber(text) end
local function whole(value) return string.format('%.0f', value) end
if ARGV[1] == 'quota' then
  local used = number(redis.call('GET', KEYS[1]) or '0')
  if used >= number(ARGV[2]) then return {0, used} end
  redis.call('SET', KEYS[1], whole(used + 1), 'PX', ARGV[3])
  return {1, used + 1}
end
if ARGV[1] == 'return' and ARGV[2] == nil then
  local used = number(redis.call('GET', KEYS[1]) or '0')
  if used > 0 then redis.call('DECR', KEYS[1]) end
  return {0, 0}
end
local stored = redis.call('HMGET', KEYS[1], 'drops', 'at')
if ARGV[1] == 'return' then
  if stored[1] then
    redis.call('HSET', KEYS[1], 'drops', whole(math.min(number(ARGV[3]), number(stored[1]) + number(ARGV[2]))))
  end
  return {0, 0}
end
local gain, price, full = number(ARGV[2]), number(ARGV[3]), number(ARGV[4])
local time = redis.call('TIME')
local now = number(time[1]) * 1000 + math.floor(number(time[2]) / 1000)
local drops, longest = full, math.ceil(full / gain)
if stored[1] then
  local passed = now - number(stored[2])
  if passed < 0 then passed = 0 end
  if passed < longest then drops = math.min(full, number(stored[1]) + passed * gain) end
end
local passes = 0
if drops >= price then
  passes = 1
  drops = drops - price
end
redis.call('HSET', KEYS[1], 'drops', whole(drops), 'at', whole(now))
redis.call('PEXPIRE', KEYS[1], math.ceil((full - drops) / gain) + 1)
return {passes, drops}
`;

/** The words and numbers of a script's call. */
export type ScriptWords = readonly string[];
